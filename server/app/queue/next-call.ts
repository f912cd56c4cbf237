import type { Claim, Reason } from '../../contract/http/queue.ts';
import type { Settings } from '../../contract/settings.ts';
import { localDay } from '../../core/hours/local-time.ts';
import { explainLoss } from '../../core/queue/explain-runner-up.ts';
import { compareQueued } from '../../core/queue/order.ts';
import { tierOf } from '../../core/queue/tiers.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { ClaimWords, NextCallDecision, NextCalls, TakenLead } from '../ports/next-calls.ts';
import type { Reads } from '../ports/reads/index.ts';
import type { Desk } from '../ports/stores/queue.ts';
import { conflict } from '../problem.ts';
import { claimView, type ClaimedLead } from './claim-view.ts';
import { explainLead } from './explain-candidates.ts';
import { guarded } from './promise-guard.ts';
import { sightOf, type QueueSight } from './rules.ts';
import { skippedObligations } from './skipped-obligations.ts';

type NextCallContext = AppContext & { nextCalls: NextCalls };
type CardContext = AppContext & { reads: Pick<Reads, 'companyCard'> };

const readerOf = (actor: Actor) => ({ repId: actor.id, timeZone: actor.timeZone, language: actor.locale });

const leaseEnd = (settings: Settings, now: Date): Date => new Date(now.getTime() + settings.queue.claimLeaseSeconds * 1000);

/** Who comes next, and the rule by which it lost. */
function runnerUp({ lead, next }: TakenLead, { view, rules }: QueueSight, actor: Actor): Reason['runnerUp'] {
  if (!next) return null;
  const winner = { facts: lead.facts, tier: tierOf(lead.facts, view) };
  const loser = { facts: next.facts, tier: tierOf(next.facts, view) };
  const { rule } = compareQueued(winner, loser, view, rules);
  const { companyId, companyName, tier, reason } = explainLead(next, loser.tier, readerOf(actor), view.now);
  return { companyId, companyName, tier, text: reason.text, lostBy: rule, lost: explainLoss(rule, actor.locale) };
}

/** What is written with the claim: why this one, who came next, what was passed over; and who hears of it. */
function wordsOf(taken: TakenLead, sight: QueueSight, actor: Actor): ClaimWords {
  const { companyId, leadId, reason } = explainLead(taken.lead, tierOf(taken.lead.facts, sight.view), readerOf(actor), sight.view.now);
  return {
    reason: { ...reason, skipped: skippedObligations(taken.owed, sight, actor), runnerUp: runnerUp(taken, sight, actor) },
    announcements: [{ event: 'queue:claim', audience: { user: actor.id }, payload: { leadId, companyId, why: 'claimed' } }],
    boardRows: [actor.id],
  };
}

/**
 * Claims the right next lead for the rep, without its card. Null when nobody may be called now.
 * @throws Refused 409 `callLive` or `outcomeMissing` while his last call is live or has no outcome (the wrap-up gate)
 */
export async function claimNext(app: NextCallContext, actor: Actor): Promise<ClaimedLead | null> {
  const now = app.clock.now();
  const reading = app.settings.read();
  const decide = async (desk: Desk): Promise<NextCallDecision> => {
    const settings = await reading;
    const sight = sightOf(desk, settings, actor, now);
    return {
      question: guarded(desk, settings, sight.question),
      leaseUntil: leaseEnd(settings, now),
      explain: (taken) => wordsOf(taken, sight, actor),
    };
  };
  const ask = { repId: actor.id, day: localDay(now, actor.timeZone), at: now };
  const [settings, answer] = await Promise.all([reading, app.nextCalls.take(ask, decide)]);
  switch (answer.kind) {
    case 'none':
      return null;
    case 'open':
      throw answer.live ? conflict('callLive', 'a call is still live') : conflict('outcomeMissing', 'the last call has no outcome yet');
    case 'held': {
      const { leadId, companyId, reason, claimedAt } = answer;
      return { leadId, companyId, reason, claimedAt, leaseUntil: leaseEnd(settings, now) };
    }
    default:
      return answer satisfies never;
  }
}

/** Claims the right next call for the rep and shows its card; asking again returns the same. Throws and answers as `claimNext`. */
export async function nextCall(app: NextCallContext & CardContext, actor: Actor): Promise<Claim | null> {
  const claimed = await claimNext(app, actor);
  return claimed && claimView(app, actor, claimed);
}

/** What the rep holds now, with its lease renewed, or null. */
export async function currentClaim(app: CardContext, actor: Actor): Promise<Claim | null> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  const claimed = await app.unitOfWork.run(async (stores): Promise<ClaimedLead | null> => {
    const held = await stores.queue.claimOf(actor.id);
    if (!held?.reason) return null;
    const leaseUntil = leaseEnd(settings, now);
    await stores.queue.extendLease(actor.id, held.leadId, leaseUntil);
    return { leadId: held.leadId, companyId: held.companyId, reason: held.reason, claimedAt: held.claimedAt, leaseUntil };
  });
  return claimed && claimView(app, actor, claimed);
}
