import { publishDay } from '../../../app/simulation/publish-day.ts';
import { simulateTeamDay } from '../../../app/simulation/simulate-day.ts';
import * as contract from '../../../contract/http/simulation.ts';
import { route, type Route } from '../kit/route.ts';

/** A day looked at before it comes, and made so. */
export const simulationRoutes: Route[] = [
  route(contract.simulateDay, ({ app, actor, body }) => simulateTeamDay(app, actor, body)),
  route(contract.publishDay, ({ app, actor, body }) => publishDay(app, actor, body)),
];
