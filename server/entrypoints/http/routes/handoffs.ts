import { acceptHandoff } from '../../../app/handoffs/accept-handoff.ts';
import { listHandoffs } from '../../../app/handoffs/list-handoffs.ts';
import { returnHandoff } from '../../../app/handoffs/return-handoff.ts';
import * as handoffs from '../../../contract/http/handoffs.ts';
import { route, type Route } from '../kit/route.ts';

export const handoffRoutes: Route[] = [
  route(handoffs.listHandoffs, ({ app, actor, query }) => listHandoffs(app, actor, query)),
  route(handoffs.acceptHandoff, ({ app, actor, params }) => acceptHandoff(app, actor, params.id)),
  route(handoffs.returnHandoff, ({ app, actor, params, body }) => returnHandoff(app, actor, params.id, body)),
];
