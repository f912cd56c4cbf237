import { answerCall } from '../../../app/inbound/answer-call.ts';
import { callBackMissed } from '../../../app/inbound/call-back-missed.ts';
import { declineCall } from '../../../app/inbound/decline-call.ts';
import { missedOf, ringsFor } from '../../../app/inbound/see-rings.ts';
import { trainInbound } from '../../../app/inbound/train-inbound.ts';
import * as contract from '../../../contract/http/inbound.ts';
import { route } from '../kit/route.ts';

/** Calls that arrive. Before the routes of calls: their `/:id` would take these words for a number. */
export const inboundRoutes = [
  route(contract.ringingCalls, async ({ app, actor }) => ({ items: await ringsFor(app, actor) })),
  route(contract.missedCalls, ({ app, actor, query }) => missedOf(app, actor, query)),
  route(contract.answerCall, ({ app, actor, params }) => answerCall(app, actor, params.id)),
  route(contract.declineCall, async ({ app, actor, params }) => {
    await declineCall(app, actor, params.id);
    return { accepted: true as const };
  }),
  route(contract.callBackMissed, ({ app, actor, params }) => callBackMissed(app, actor, params.id)),
  route(contract.sandboxInbound, ({ app, actor, body }) => trainInbound(app, actor, body.from)),
];
