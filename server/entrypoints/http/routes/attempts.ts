import { listAttempts, listPromises, listWins } from '../../../app/kpi/rows-behind.ts';
import * as attempts from '../../../contract/http/attempts.ts';
import * as promises from '../../../contract/http/met-promises.ts';
import * as wins from '../../../contract/http/wins.ts';
import { route, type Route } from '../kit/route.ts';

/** The records behind the figures of boards and reports. */
export const attemptRoutes: Route[] = [
  route(attempts.listAttempts, ({ app, actor, query }) => listAttempts(app, actor, query)),
  route(wins.listWins, ({ app, actor, query }) => listWins(app, actor, query)),
  route(promises.listPromises, ({ app, actor, query }) => listPromises(app, actor, query)),
];
