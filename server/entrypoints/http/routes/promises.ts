import { handOverPromise } from '../../../app/promises/hand-over-promise.ts';
import { makePromise } from '../../../app/promises/make-promise.ts';
import { movePromise } from '../../../app/promises/move-promise.ts';
import { listOpenPromises, promiseHistory, promiseSummary } from '../../../app/promises/read-promises.ts';
import { withdrawPromise } from '../../../app/promises/withdraw-promise.ts';
import * as contract from '../../../contract/http/promises.ts';
import { route, type Route } from '../kit/route.ts';

/** What people do to promises, and how they were met. */
export const promiseRoutes: Route[] = [
  route(contract.makePromise, ({ app, actor, body }) => makePromise(app, actor, body)),
  route(contract.promiseSummary, ({ app, actor, query }) => promiseSummary(app, actor, query)),
  route(contract.listOpenPromises, ({ app, actor, query }) => listOpenPromises(app, actor, query)),
  route(contract.movePromise, ({ app, actor, params, body }) => movePromise(app, actor, params.id, body)),
  route(contract.handOverPromise, ({ app, actor, params, body }) => handOverPromise(app, actor, params.id, body)),
  route(contract.withdrawPromise, async ({ app, actor, params, body }) => {
    await withdrawPromise(app, actor, params.id, body.reason);
    return { ok: true as const };
  }),
  route(contract.promiseHistory, async ({ app, actor, params }) => ({ items: await promiseHistory(app, actor, params.id) })),
];
