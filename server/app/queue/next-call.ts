import type { Claim } from '../../contract/http/queue.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { Reads } from '../ports/reads/index.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict } from '../problem.ts';
import { claimView, type ClaimedLead } from './claim-view.ts';
import { compareQueued } from '../../core/queue/order.ts';
import { explainLoss } from '../../core/queue/explain-runner-up.ts';
import { tierOf } from '../../core/queue/tiers.ts';
import { explainCandidates } from './explain-candidates.ts';
import { guarded } from './promise-guard.ts';
import { lookAtQueue, type QueueSight } from './rules.ts';
import { skippedObligations } from './skipped-obligations.ts';

const readerOf = (actor: Actor) => ({ repId: actor.id, timeZone: actor.timeZone, language: actor.locale });

/** Who comes next, and the rule by which it lost; looked at after the claim was taken out. */
async function runnerUp(stores: Stores, sight: QueueSight, actor: Actor, winnerId: number): Promise<Claim['runnerUp']> {
  const [candidate] = await stores.queue.candidates(sight.question, 1);
  const [next] = candidate ? await explainCandidates(stores.queue, [candidate], readerOf(actor), sight.view.now) : [];
  if (!next) return null;
  const facts = await stores.queue.factsOfLeads([winnerId, next.leadId]);
  const [winner, loser] = [winnerId, next.leadId].flatMap((leadId) => {
    const found = facts.find((one) => one.leadId === leadId);
    return found ? [{ facts: found, tier: tierOf(found, sight.view) }] : [];
  });
  const rule = winner && loser ? compareQueued(winner, loser, sight.view, sight.rules).rule : 'tier';
  const { companyId, companyName, tier, reason } = next;
  return { companyId, companyName, tier, text: reason.text, lostBy: rule, lost: explainLoss(rule, actor.locale) };
}

async function claimNext(stores: Stores, actor: Actor, settings: Settings, now: Date): Promise<ClaimedLead | null> {
  const seen = await lookAtQueue(stores.queue, settings, actor, now);
  const sight = { ...seen, question: await guarded(stores.queue, settings, seen.question) };
  const leaseUntil = new Date(now.getTime() + settings.queue.claimLeaseSeconds * 1000);
  const claimed = await stores.queue.claim(sight.question, leaseUntil);
  if (!claimed) return null;
  const [explained] = await explainCandidates(stores.queue, [claimed], readerOf(actor), now);
  if (!explained) throw new Error(`claimed lead ${claimed.leadId} has no facts`);
  const reason = {
    ...explained.reason,
    skipped: await skippedObligations(stores.queue, sight, actor, explained.companyId),
    runnerUp: await runnerUp(stores, sight, actor, claimed.leadId),
  };
  await stores.queue.setReason(claimed.leadId, reason);
  await stores.outbox.announce({
    event: 'queue:claim',
    audience: { user: actor.id },
    payload: { leadId: claimed.leadId, companyId: explained.companyId, why: 'claimed' },
  });
  await announceBoardRows(stores, [actor.id]);
  return {
    leadId: claimed.leadId,
    companyId: explained.companyId,
    reason,
    claimedAt: now,
    leaseUntil,
  };
}

/** What the rep holds already, with its lease renewed; its reason is the one it was chosen by. */
async function heldAlready(stores: Stores, actor: Actor, settings: Settings, now: Date): Promise<ClaimedLead | null> {
  const held = await stores.queue.claimOf(actor.id);
  if (!held?.reason) return null;
  const leaseUntil = new Date(now.getTime() + settings.queue.claimLeaseSeconds * 1000);
  await stores.queue.extendLease(actor.id, held.leadId, leaseUntil);
  return { leadId: held.leadId, companyId: held.companyId, reason: held.reason, claimedAt: held.claimedAt, leaseUntil };
}

/**
 * Claims the right next call for the rep; asking again returns the same. Null when nobody may be called now.
 * @throws Refused 409 `callLive` or `outcomeMissing` while his last call is live or has no outcome (the wrap-up gate)
 */
export async function nextCall(app: AppContext & { reads: Pick<Reads, 'companyCard'> }, actor: Actor): Promise<Claim | null> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  const claimed = await app.unitOfWork.run(async (stores) => {
    // Two tabs that ask together get the same lead.
    await stores.queue.lockRep(actor.id);
    const open = await stores.queue.openCallOf(actor.id);
    if (open)
      throw open.live ? conflict('callLive', 'a call is still live') : conflict('outcomeMissing', 'the last call has no outcome yet');
    return (await heldAlready(stores, actor, settings, now)) ?? claimNext(stores, actor, settings, now);
  });
  return claimed && claimView(app, actor, claimed);
}

/** What the rep holds now, or null. */
export async function currentClaim(app: AppContext & { reads: Pick<Reads, 'companyCard'> }, actor: Actor): Promise<Claim | null> {
  const settings = await app.settings.read();
  const held = await app.unitOfWork.run((stores) => heldAlready(stores, actor, settings, app.clock.now()));
  return held && claimView(app, actor, held);
}
