import { millisOf, officeZone, wallAt, workingDayAfter } from '../calendar.ts';
import type { Random } from '../random.ts';
import { dealTitles, lostReasons } from '../words/talk.ts';
import type { CompanyState } from './company-state.ts';
import type { Ledger } from './ledger.ts';

const amountOf = { A: [1_800_000, 9_500_000], B: [450_000, 2_400_000], C: [90_000, 700_000] } as const;

/** Who does something to a deal, when, and in which call. */
export interface Doing {
  userId: number;
  millis: number;
  callId?: number | undefined;
}

/** Brings a company's deal to a stage, opening it when there is none; a step forward is a win. */
export function moveDeal(ledger: Ledger, random: Random, state: CompanyState, to: number, by: Doing): void {
  const at = new Date(by.millis);
  const from = state.deal ? state.stage : null;
  if (from !== null && from === to) return;
  if (state.deal) {
    state.deal.stageId = to;
    state.deal.stageSince = at;
    state.deal.updatedAt = at;
  } else {
    const [lowest, highest] = amountOf[state.company.category];
    state.deal = ledger.deals.add({
      companyId: state.company.id,
      funnelId: 1,
      stageId: to,
      ownerId: by.userId,
      handedById: null,
      title: random.pick(dealTitles),
      amount: Math.round(random.integer(lowest, highest) / 5_000) * 5_000,
      status: 'open',
      lostReason: null,
      startedOn: null,
      stageSince: at,
      openedAt: at,
      closedAt: null,
      updatedAt: at,
    });
  }
  state.stage = to;
  ledger.moves.add({ dealId: state.deal.id, fromPosition: from, toPosition: to, at, userId: by.userId, callId: by.callId ?? null });
  if (to < 7 && from !== null && to > from) ledger.win('stageUp', `deal ${state.deal.id}:${to}`, { state, ...by });
}

/** A deal is lost: the attempt to close is a no, and the company is nobody's again. */
export function loseDeal(ledger: Ledger, random: Random, state: CompanyState, by: Doing, reason?: string): void {
  const { deal } = state;
  if (!deal) return;
  const at = new Date(by.millis);
  Object.assign(deal, { status: 'lost', lostReason: reason ?? random.pick(lostReasons), closedAt: at, updatedAt: at });
  ledger.attempt('close', false, { state, userId: deal.ownerId, millis: by.millis, dealId: deal.id });
  state.deal = null;
  state.stage = 0;
}

/** Work started: the company becomes a customer; it counts for who closed and for who handed over. */
export function winDeal(ledger: Ledger, random: Random, state: CompanyState, by: Doing): void {
  moveDeal(ledger, random, state, 7, by);
  const { deal } = state;
  if (!deal) return;
  const at = new Date(by.millis);
  const { day } = wallAt(by.millis, officeZone);
  Object.assign(deal, { status: 'won', startedOn: day, closedAt: at, updatedAt: at });
  ledger.attempt('close', true, { state, userId: deal.ownerId, millis: by.millis, dealId: deal.id });
  ledger.win('workStarted', `deal ${deal.id}:${deal.ownerId}`, { state, ...by, userId: deal.ownerId });
  if (deal.handedById !== null) ledger.win('workStarted', `deal ${deal.id}:${deal.handedById}`, { state, ...by, userId: deal.handedById });
  state.customerSince = day;
  state.deal = null;
  state.stage = 0;
}

/** An instant in the afternoon of a working day some days later, on the office's clock. */
export function officeMillisLater(random: Random, millis: number, days: number): number {
  const { day } = wallAt(millis, officeZone);
  return millisOf(workingDayAfter(day, days), random.integer(10 * 60, 17 * 60), officeZone);
}
