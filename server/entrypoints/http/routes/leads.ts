import { listExhausted, returnExhausted } from '../../../app/leads/exhausted.ts';
import * as contract from '../../../contract/http/leads.ts';
import { route, type Route } from '../kit/route.ts';

/** Leads on which nothing is tried any more. */
export const leadRoutes: Route[] = [
  route(contract.listExhausted, ({ app, actor, query }) => listExhausted(app, actor, query)),
  route(contract.returnExhausted, ({ app, actor, body }) => returnExhausted(app, actor, body)),
];
