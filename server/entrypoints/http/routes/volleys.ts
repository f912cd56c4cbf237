import * as contract from '../../../contract/http/volleys.ts';
import { cancelVolley, currentVolley } from '../../../app/volleys/cancel-volley.ts';
import { startVolley } from '../../../app/volleys/start-volley.ts';
import { idempotencyKeyOf } from '../kit/idempotency-key.ts';
import { noContent, route, type Route } from '../kit/route.ts';

/** Several lines of a rep at once. */
export const volleyRoutes: Route[] = [
  route(contract.startVolley, ({ app, actor, body, request }) =>
    startVolley(app, actor, { ...body, phoneId: body.phoneId, idempotencyKey: idempotencyKeyOf(request.get('Idempotency-Key')) }),
  ),
  route(contract.currentVolley, async ({ app, actor }) => (await currentVolley(app, actor)) ?? noContent),
  route(contract.cancelVolley, async ({ app, actor, params }) => {
    await cancelVolley(app, actor, params.id);
    return { accepted: true as const };
  }),
];
