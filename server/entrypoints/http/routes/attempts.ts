import { listAttempts } from '../../../app/kpi/list-attempts.ts';
import * as attempts from '../../../contract/http/attempts.ts';
import { route, type Route } from '../kit/route.ts';

export const attemptRoutes: Route[] = [route(attempts.listAttempts, ({ app, actor, query }) => listAttempts(app, actor, query))];
