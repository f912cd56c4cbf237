import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import { conflict } from '../problem.ts';
import { placeLead } from './place-lead.ts';

const claimLost = () => conflict('claimLost', 'this lead is not held by you any more');

/** Keeps the claim for another lease. @throws Refused 409 `claimLost` */
export async function heartbeatClaim(app: AppContext, actor: Actor, leadId: number): Promise<{ leaseUntil: Date }> {
  const { queue } = await app.settings.read();
  const leaseUntil = new Date(app.clock.now().getTime() + queue.claimLeaseSeconds * 1000);
  const kept = await app.unitOfWork.run((stores) => stores.queue.extendLease(actor.id, leadId, leaseUntil));
  if (!kept) throw claimLost();
  return { leaseUntil };
}

/** Gives the lead back to exactly its place. @throws Refused 409 `claimLost`, `callLive` */
export async function releaseClaim(app: AppContext, actor: Actor, leadId: number, why: string): Promise<void> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const held = await stores.queue.claimOf(actor.id);
    if (held?.leadId !== leadId) throw claimLost();
    if (await stores.queue.openCallOf(actor.id)) throw conflict('callLive', 'the call on this lead has no outcome yet');
    await stores.queue.removeClaim(actor.id, leadId);
    await placeLead(stores, { companyId: held.companyId, now, settings });
    await stores.audit.write({ userId: actor.id, action: 'queue.release', entity: 'lead', entityId: leadId, details: { why } });
    await stores.outbox.announce({
      event: 'queue:claim',
      audience: { user: actor.id },
      payload: { leadId: null, companyId: null, why: 'released' },
    });
    await announceBoardRows(stores, [actor.id]);
  });
}

/** Sweeper's part: claims whose holder fell silent go back to their place. Answers how many. */
export async function expireClaims(app: AppContext): Promise<number> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const expired = await stores.queue.expiredClaims(now);
    for (const claim of expired) {
      await stores.queue.removeClaim(claim.repId, claim.leadId);
      await placeLead(stores, { companyId: claim.companyId, now, settings });
      await stores.outbox.announce({
        event: 'queue:claim',
        audience: { user: claim.repId },
        payload: { leadId: null, companyId: null, why: 'expired' },
      });
    }
    if (expired.length > 0)
      await announceBoardRows(
        stores,
        expired.map((claim) => claim.repId),
      );
    return expired.length;
  });
}
