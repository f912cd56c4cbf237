import type { QueueRules, QueueView } from '../queue/facts.ts';
import { takeoverOf, type TakeoverRules } from '../queue/takeover.ts';
import { mayStartBefore, type CallLength } from '../schedule/durations.ts';
import { mustEndBy, promisesLookedAt } from '../schedule/guard.ts';
import type { CallOrder } from './orders.ts';
import { byPlace, isPromised, type Opening, type Pool, type Promised, type Standing } from './standing.ts';

/** A simulated rep as his team sees him. */
export interface Colleague<Lead extends Standing> {
  id: number;
  /** His leads that were promised a call. */
  promised: ReadonlySet<Lead>;
  /** Away for the day. */
  absent: boolean;
  /** In a call, at lunch, not there yet. */
  engaged: boolean;
}

/** How the promise guard reckons. */
export interface GuardRules {
  /** How long calls of a list last; null while nothing is learned. */
  lengthOf: (listId: number | null) => CallLength | null;
  /** What a promised call takes in the mean; null while nothing is learned. */
  meanSeconds: number | null;
  guardMinutes: number;
  guardPercent: number;
}

/** All that a simulated rep's next call depends on. */
export interface Desk<Lead extends Standing> {
  order: CallOrder;
  rules: QueueRules;
  takeover: TakeoverRules;
  guard: GuardRules;
  opening: Opening;
  repId: number;
  repTimeZone: string;
  /** End of the rep's day. */
  dayEnd: Date;
  promised: ReadonlySet<Lead>;
  team: readonly Colleague<Lead>[];
  /** His own leads (null) and those of his lists. */
  pools: readonly { listId: number | null; pool: Pool<Lead> }[];
  /** Whether somebody has dialled its promise and reached nobody. */
  wasDialled: (lead: Lead) => boolean;
}

/** Older ones wait for their rep: what is overdue for long is no emergency of the team. */
const helpedForMs = 12 * 60 * 60_000;

/** The promised ones that may be dialled, with a deadline before some instant. */
function callable<Lead extends Standing>(promised: Iterable<Lead>, nowMs: number, beforeMs: number): Promised<Lead>[] {
  const found: Promised<Lead>[] = [];
  for (const lead of promised)
    if (isPromised(lead) && lead.readyMs <= nowMs && lead.seenMs <= nowMs && lead.facts.promise.deadlineAt.getTime() < beforeMs)
      found.push(lead);
  return found;
}

/** Promises of his team that a rep may dial now; of orders that do not help, only overdue ones of who is absent. */
function helped<Lead extends Standing>({ order, takeover, dayEnd, team, wasDialled }: Desk<Lead>, now: Date): Promised<Lead>[] {
  const nowMs = now.getTime();
  if (!order.helps) return team.flatMap(({ absent, promised }) => (absent ? callable(promised, nowMs, nowMs) : []));
  const nearlyLateMs = nowMs + takeover.takeOverBeforeLateMinutes * 60_000;
  const isPressed = ({ promised }: Colleague<Lead>): boolean =>
    callable(promised, nowMs, nearlyLateMs).some(
      (lead) => !wasDialled(lead) && lead.facts.promise.deadlineAt.getTime() >= nowMs - helpedForMs,
    );
  const seen = team.map((colleague) => ({
    id: colleague.id,
    absent: colleague.absent,
    engaged: colleague.engaged && isPressed(colleague),
  }));
  const before = takeoverOf(seen, now, dayEnd, takeover);
  return team.flatMap(({ id, promised }) => {
    const until = before.get(id);
    return until ? callable(promised, nowMs, until.getTime()) : [];
  });
}

/** When those of his promises fall due that may not be dialled yet, the earliest first. */
function dueAhead(promised: Iterable<Standing>, now: Date): number[] {
  const ahead: number[] = [];
  for (const { facts, readyMs, seenMs } of promised) {
    if (facts.promise && Math.max(readyMs, seenMs) > now.getTime()) ahead.push(Math.max(facts.promise.promisedAt.getTime(), readyMs));
  }
  return ahead.sort((left, right) => left - right);
}

/** The promise guard, by the product's own rules: calls of which list end before his next promises fall due. */
function guardOf<Lead extends Standing>({ order, guard, promised }: Desk<Lead>, now: Date): (listId: number | null) => boolean {
  if (!order.guards) return () => true;
  const due = dueAhead(promised, now).slice(0, promisesLookedAt);
  const usualSeconds = guard.guardMinutes * 60;
  const endBy = mustEndBy(
    due.map((ms) => new Date(ms)),
    guard.meanSeconds ?? usualSeconds,
  );
  if (endBy === null) return () => true;
  const secondsLeft = (endBy.getTime() - now.getTime()) / 1000;
  return (listId) => mayStartBefore(guard.lengthOf(listId), secondsLeft, guard.guardPercent, usualSeconds);
}

/** The first of his leads without a promise, and where it stands. */
function firstOther<Lead extends Standing>(desk: Desk<Lead>, now: Date): { lead: Lead; pool: Pool<Lead> } | null {
  const fits = guardOf(desk, now);
  let best: { lead: Lead; pool: Pool<Lead> } | null = null;
  for (const { listId, pool } of desk.pools) {
    const lead = fits(listId) ? pool.first(now, desk.opening) : null;
    if (lead && (best === null || byPlace(lead, best.lead) < 0)) best = { lead, pool };
  }
  return best;
}

/**
 * A simulated rep's next call by an order, whatever world he lives in: one simulator plays the department of the bench and tomorrow's day.
 * A lead without a promise leaves its pool. Null when there is nothing for him now.
 */
export function nextCall<Lead extends Standing>(desk: Desk<Lead>, now: Date): Lead | null {
  const { order, rules, opening, repId, repTimeZone } = desk;
  const isOpen = (lead: Promised<Lead>): boolean => {
    const { askedOutsideHours, deadlineAt } = lead.facts.promise;
    return (askedOutsideHours && now <= deadlineAt) || opening.isOpen(lead, now);
  };
  const promised = [...callable(desk.promised, now.getTime(), Infinity), ...helped(desk, now)].filter(isOpen);
  const view: QueueView = { now, repId, repTimeZone, listIds: new Set(), takeover: new Map(), agedBefore: null };
  const first = order.firstPromised(
    promised.map(({ facts }) => facts),
    view,
    rules,
  );
  const obligation = promised.find(({ facts }) => facts === first) ?? null;
  const other = firstOther(desk, now);
  if (obligation && (other === null || order.promisedFirst(obligation.facts, other.lead.facts))) return obligation;
  other?.pool.take(other.lead);
  return other?.lead ?? null;
}
