import { createDeal } from '../../../app/deals/create-deal.ts';
import { getDeal, listDeals, sumDeals } from '../../../app/deals/read-deals.ts';
import { updateDeal } from '../../../app/deals/update-deal.ts';
import * as deals from '../../../contract/http/deals.ts';
import { route, type Route } from '../kit/route.ts';

export const dealRoutes: Route[] = [
  route(deals.listDeals, ({ app, actor, query }) => listDeals(app, actor, query)),
  route(deals.sumDeals, ({ app, actor, query }) => sumDeals(app, actor, query)),
  route(deals.createDeal, ({ app, actor, body }) => createDeal(app, actor, body)),
  route(deals.getDeal, ({ app, actor, params }) => getDeal(app, actor, params.id)),
  route(deals.updateDeal, ({ app, actor, params, body }) => updateDeal(app, actor, params.id, body)),
  route(deals.listFunnels, async ({ app }) => ({ items: await app.reads.deals.funnels() })),
];
