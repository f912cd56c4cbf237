import { currentClaim, nextCall } from '../../../app/queue/next-call.ts';
import { heartbeatClaim, releaseClaim } from '../../../app/queue/keep-claim.ts';
import { previewQueue, whyInQueue } from '../../../app/queue/preview.ts';
import { capacityOf } from '../../../app/schedule/capacity.ts';
import { daySlots } from '../../../app/schedule/day-slots.ts';
import * as contract from '../../../contract/http/queue.ts';
import { noContent, route, type Route } from '../kit/route.ts';

/** The next call, its claim, and looking ahead. */
export const queueRoutes: Route[] = [
  route(contract.nextCall, async ({ app, actor }) => (await nextCall(app, actor)) ?? noContent),
  route(contract.currentClaim, async ({ app, actor }) => (await currentClaim(app, actor)) ?? noContent),
  route(contract.heartbeatClaim, async ({ app, actor, body }) => {
    const { leaseUntil } = await heartbeatClaim(app, actor, body.leadId);
    return { leaseUntil: leaseUntil.toISOString() };
  }),
  route(contract.releaseClaim, async ({ app, actor, body }) => {
    await releaseClaim(app, actor, body.leadId, body.why);
    return { ok: true as const };
  }),
  route(contract.previewQueue, async ({ app, actor, query }) => {
    const preview = await previewQueue(app, actor, {
      repId: query.repId,
      at: query.at === undefined ? undefined : new Date(query.at),
      limit: query.limit,
    });
    return { ...preview, at: preview.at.toISOString() };
  }),
  route(contract.whyQueue, ({ app, actor, query }) => whyInQueue(app, actor, { companyId: query.companyId, repId: query.repId })),
  route(contract.daySlots, ({ app, actor, query }) => daySlots(app, actor, { repId: query.repId, date: query.date })),
  route(contract.capacity, ({ app, actor, query }) => capacityOf(app, actor, { repId: query.repId, date: query.date })),
];
