import { localDay } from '../hours/local-time.ts';
import type { CallingHours, Holidays } from '../hours/calling-hours.ts';
import type { LeadFacts } from '../queue/facts.ts';
import { planRetry, type FailedOutcome, type RetryRules } from '../retry/plan-retry.ts';

/** What a simulated dial goes by. */
export interface DialRules {
  timeZone: string;
  hours: CallingHours;
  holidays: Holidays;
  retry: RetryRules;
}

/** Of calls that nobody answers so many are busy; the rest ring out. */
const busyShare = 0.15;

/** Who is free first; of equals the one named first. */
export const firstFree = <Rep extends { freeAt: Date }>(reps: readonly [Rep, ...Rep[]]): Rep =>
  reps.reduce((first, other) => (other.freeAt < first.freeAt ? other : first));

/** Charges a dial to its company. */
export function chargeDial(facts: LeadFacts, now: Date, timeZone: string): void {
  const day = localDay(now, timeZone);
  facts.triesToday = facts.triesOn === day ? facts.triesToday + 1 : 1;
  facts.triesOn = day;
  facts.triesTotal += 1;
}

/** How a dial failed that nobody answered. */
export const missedOutcome = (chance: number): FailedOutcome => (chance < busyShare ? 'busy' : 'noAnswer');

/** Nobody answered: the lead waits as the retry rules say, or is exhausted. */
export function putOff(facts: LeadFacts, missed: { outcome: FailedOutcome; now: Date; triedMorning: number }, rules: DialRules): void {
  const retry = planRetry(
    {
      ...missed,
      timeZone: rules.timeZone,
      triesToday: facts.triesToday,
      triesTotal: facts.triesTotal,
      triedAfternoon: facts.triesTotal - missed.triedMorning,
      promiseOpen: facts.promise !== null,
    },
    rules.retry,
    rules,
  );
  facts.retryAt = retry.readyAt;
  facts.exhausted = retry.exhausted !== null;
}
