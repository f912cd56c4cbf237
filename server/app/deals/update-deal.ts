import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { DealChange, DealRow } from '../../contract/http/deals.ts';
import type { Actor } from '../actor.ts';
import type { DealRecord } from '../ports/stores/deal-commands.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict, invalid, notFound } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';
import { bookClose, bookWin } from './book-progress.ts';
import { dealSeenBy, type DealContext } from './read-deals.ts';

interface Step {
  stores: Stores;
  actor: Actor;
  deal: DealRecord;
  now: Date;
}

const progressOf = ({ deal, now }: Step, repId = deal.ownerId) => ({ repId, companyId: deal.companyId, dealId: deal.id, at: now });

/** Forward is a win for the owner, once per stage; back is written too, and counted in the funnel. */
async function moveTo(step: Step, to: number): Promise<void> {
  const { stores, actor, deal, now } = step;
  if (to === deal.position) return;
  await stores.deals.move({ dealId: deal.id, from: deal.position, to, at: now, userId: actor.id, callId: null });
  if (to > deal.position) await bookWin(stores, 'stageUp', `stageUp:deal ${deal.id}:${to}`, progressOf(step));
}

/** @throws Refused 422 for a stage that a person cannot simply choose */
export function refuseStage(positions: readonly number[], to: number): void {
  if (!positions.includes(to)) throw invalid('stagePosition', 'noSuchStage', 'the funnel has no such stage');
  if (to === positions.at(-1))
    throw invalid('stagePosition', 'needsStart', 'the last stage is reached by winning the deal with its start date');
}

async function moveByHand(step: Step, to: number): Promise<void> {
  refuseStage(step.deal.positions, to);
  await moveTo(step, to);
}

/** Started work counts for who closed and for who handed over (domain.md, "started"). */
async function winDeal(step: Step, startedOn: string): Promise<void> {
  const { stores, deal, now } = step;
  const last = deal.positions.at(-1) ?? deal.position;
  await moveTo(step, last);
  await stores.dealCommands.win(deal.id, startedOn, now);
  await bookClose(stores, true, progressOf(step));
  await bookWin(stores, 'workStarted', `workStarted:deal ${deal.id}:closed`, progressOf(step));
  if (deal.handedById !== null && deal.handedById !== deal.ownerId) {
    await bookWin(stores, 'workStarted', `workStarted:deal ${deal.id}:handed`, progressOf(step, deal.handedById));
  }
}

async function apply(step: Step, change: DealChange): Promise<void> {
  const { stores, deal, now } = step;
  if ('amount' in change) return stores.dealCommands.setAmount(deal.id, change.amount);
  if ('qualification' in change) return stores.dealCommands.setQualification(deal.id, change.qualification);
  if (deal.status !== 'open') throw conflict('dealClosed', 'this deal is closed already');
  if ('stagePosition' in change) return moveByHand(step, change.stagePosition);
  if ('won' in change) return winDeal(step, change.won.startedOn);
  await stores.deals.lose(deal.id, change.lost.reason, now);
  await bookClose(stores, false, progressOf(step));
}

/**
 * Moves a deal, sets its sum or its qualification, wins or loses it; attempts, wins and figures follow in the same transaction.
 * @throws Refused 404 for another's deal, 409 `dealClosed`, 422 `noSuchStage`, `needsStart`
 */
export async function updateDeal(app: DealContext, actor: Actor, dealId: number, change: DealChange): Promise<DealRow> {
  await dealSeenBy(app, actor, dealId);
  const settings = await app.settings.read();
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const deal = await stores.dealCommands.lock(dealId);
    if (!deal) throw notFound('deal');
    await apply({ stores, actor, deal, now }, change);
    await placeLead(stores, { companyId: deal.companyId, now, settings });
    await stores.audit.write({
      userId: actor.id,
      action: 'deal.change',
      entity: 'deal',
      entityId: dealId,
      details: { what: Object.keys(change).join(', ') },
    });
    const counted = [deal.ownerId, ...(deal.handedById === null ? [] : [deal.handedById])];
    await announceBoardRows(stores, [...new Set(counted)]);
  });
  return dealSeenBy(app, actor, dealId);
}
