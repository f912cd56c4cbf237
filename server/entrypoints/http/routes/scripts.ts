import { scriptForCompany } from '../../../app/scripts/script-for-company.ts';
import * as contract from '../../../contract/http/scripts.ts';
import { noContent, route, type Route } from '../kit/route.ts';

/** What to say. */
export const scriptRoutes: Route[] = [
  route(contract.scriptForCompany, async ({ app, params }) => (await scriptForCompany(app, params.id)) ?? noContent),
];
