import { addCompanies } from '../../../app/lists/add-companies.ts';
import { changeList } from '../../../app/lists/change-list.ts';
import { createList as create } from '../../../app/lists/create-list.ts';
import { handOut, handOutLists } from '../../../app/lists/hand-out.ts';
import { planHandOuts as plan } from '../../../app/lists/plan-hand-outs.ts';
import { seeDepths as depths } from '../../../app/lists/see-depths.ts';
import { seeCallers, seeList, seeListEntries, seeLists } from '../../../app/lists/see-lists.ts';
import {
  addListEntries,
  createList,
  getList,
  listCallers,
  listEntries,
  listLists,
  planHandOuts,
  putAssignments,
  putHandOuts,
  seeDepths,
  updateList,
} from '../../../contract/http/lists.ts';
import { route, type Route } from '../kit/route.ts';

/** Call lists: what is in them, how deep they are, who works them. */
export const listRoutes: Route[] = [
  route(listLists, async ({ app, actor }) => ({ items: await seeLists(app, actor) })),
  route(listCallers, async ({ app, actor }) => ({ items: await seeCallers(app, actor) })),
  route(seeDepths, ({ app, actor, query }) => depths(app, actor, query.date)),
  route(planHandOuts, async ({ app, actor, body }) => ({ lists: await plan(app, actor, body) })),
  route(putHandOuts, async ({ app, actor, body }) => ({ before: await handOutLists(app, actor, body.lists) })),
  route(getList, ({ app, actor, params }) => seeList(app, actor, params.id)),
  route(createList, async ({ app, actor, body }) => seeList(app, actor, await create(app, actor, body))),
  route(updateList, async ({ app, actor, params, body }) => {
    await changeList(app, actor, params.id, body);
    return seeList(app, actor, params.id);
  }),
  route(listEntries, ({ app, actor, params, query }) => seeListEntries(app, actor, params.id, query)),
  route(addListEntries, async ({ app, actor, params, body }) => {
    await addCompanies(app, actor, params.id, body.companyIds);
    return { ok: true as const };
  }),
  route(putAssignments, async ({ app, actor, params, body }) => {
    await handOut(app, actor, params.id, body.assignments);
    return seeList(app, actor, params.id);
  }),
];
