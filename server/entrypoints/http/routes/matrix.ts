import { exportMatrix as take } from '../../../app/matrix/export-matrix.ts';
import { planEvent, removePlan } from '../../../app/matrix/plan-event.ts';
import { readCards, readMatrix, readMatrixFilters } from '../../../app/matrix/read-matrix.ts';
import * as contract from '../../../contract/http/matrix.ts';
import { sendMatrix } from '../kit/matrix-file.ts';
import { alreadySent, route, type Route } from '../kit/route.ts';

/** The contact matrix: companies by month. */
export const matrixRoutes: Route[] = [
  route(contract.readMatrix, ({ app, actor, query }) => readMatrix(app, actor, query, query)),
  route(contract.matrixFilters, ({ app, actor }) => readMatrixFilters(app, actor)),
  route(contract.exportMatrix, async ({ app, actor, query, response }) => {
    await sendMatrix(response, await take(app, actor, query));
    return alreadySent;
  }),
  route(contract.matrixCards, async ({ app, actor, params, query }) => ({ items: await readCards(app, actor, params.id, query.month) })),
  route(contract.planEvent, ({ app, actor, params, body }) => planEvent(app, actor, params.id, body)),
  route(contract.removePlan, async ({ app, actor, params }) => {
    await removePlan(app, actor, params.id);
    return { ok: true as const };
  }),
];
