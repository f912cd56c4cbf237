import { simulateTeamDay } from '../../../app/simulation/simulate-day.ts';
import { simulateDay } from '../../../contract/http/simulation.ts';
import { route, type Route } from '../kit/route.ts';

/** A day looked at before it comes. */
export const simulationRoutes: Route[] = [route(simulateDay, ({ app, actor, body }) => simulateTeamDay(app, actor, body))];
