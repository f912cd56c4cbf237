import type { CallingHours, Holidays, PartOfDay } from '../hours/calling-hours.ts';
import { isOpen, nextOpening, nextWorkingDay, partOfDay } from '../hours/calling-hours.ts';
import type { AnswerHour } from './answer-hours.ts';
import { bestClock } from './answer-hours.ts';
import { addMinutes, instantOf, localClock, localDay } from '../hours/local-time.ts';

/** How a dial failed, as far as the next try is concerned. */
export const failedOutcomes = ['busy', 'noAnswer', 'machine', 'gatekeeper', 'rejected', 'providerError', 'canceled', 'unknown'] as const;
export type FailedOutcome = (typeof failedOutcomes)[number];

/** Pauses in minutes; 0 means the next working day. */
export interface RetryRules {
  busyMinutes: number;
  noAnswerMinutes: number;
  machineMinutes: number;
  gatekeeperMinutes: number;
  rejectedMinutes: number;
  providerErrorMinutes: number;
  canceledMinutes: number;
  unknownMinutes: number;
  maxDialsPerDay: number;
  maxDialsInAll: number;
  /**
   * Minutes after the first, second… try of a day; the last one repeats. Takes the place of the single pause. Of a call that nobody answered
   * it is the least pause: the next part of the day is still the one that was not tried.
   */
  steps?: Partial<Record<FailedOutcome, readonly number[]>>;
}

export interface RetryFacts {
  outcome: FailedOutcome;
  now: Date;
  timeZone: string;
  /** Charged dials of the company's local day and in all, this one included when it is charged. */
  triesToday: number;
  triesTotal: number;
  triedMorning: number;
  triedAfternoon: number;
  /** A promise stays open: it comes back today when that is possible. */
  promiseOpen: boolean;
  /** When companies like this one answer; empty while nothing is learned. */
  answers?: readonly AnswerHour[];
}

/** All tries are used up, or no number is left. */
export type ExhaustedReason = 'tries' | 'noPhone';

export interface Retry {
  readyAt: Date;
  /** Why nothing more is tried: the lead goes to the head's exhausted list, never silently away. */
  exhausted: ExhaustedReason | null;
}

interface Calendar {
  hours: CallingHours;
  holidays: Holidays;
}

/**
 * When a company may be dialled again after a failed dial (domain.md, retry defaults). The instant always lies in the
 * company's calling hours; where nobody answered it is the hour at which companies like this one answer, of what is left of the half of
 * the day; a later day begins with the half that was tried less.
 */
export function planRetry(facts: RetryFacts, rules: RetryRules, calendar: Calendar): Retry {
  const exhausted = facts.triesTotal >= rules.maxDialsInAll ? 'tries' : null;
  if (exhausted !== null || facts.triesToday >= rules.maxDialsPerDay) return { readyAt: anotherDay(facts, calendar), exhausted };
  return { readyAt: readyAt(facts, rules, calendar), exhausted };
}

function readyAt(facts: RetryFacts, rules: RetryRules, calendar: Calendar): Date {
  const steps = rules.steps?.[facts.outcome] ?? [];
  const step = steps[Math.min(Math.max(facts.triesToday, 1), steps.length) - 1];
  const pause = step ?? pauseMinutes(facts.outcome, rules);
  if (facts.promiseOpen) return afterPause(facts, pause === 0 ? rules.noAnswerMinutes : pause, calendar);
  if (pause === 0) return anotherDay(facts, calendar);
  if (facts.outcome !== 'noAnswer') return afterPause(facts, pause, calendar);
  return facts.triesToday >= 2
    ? otherHalf(facts, step ?? 0, calendar)
    : atAnsweringHour(facts, afterPause(facts, pause, calendar), calendar);
}

function pauseMinutes(outcome: FailedOutcome, rules: RetryRules): number {
  switch (outcome) {
    case 'busy':
      return rules.busyMinutes;
    case 'noAnswer':
      return rules.noAnswerMinutes;
    case 'machine':
      return rules.machineMinutes;
    case 'gatekeeper':
      return rules.gatekeeperMinutes;
    case 'rejected':
      return rules.rejectedMinutes;
    case 'providerError':
      return rules.providerErrorMinutes;
    case 'canceled':
      return rules.canceledMinutes;
    case 'unknown':
      return rules.unknownMinutes;
    default:
      return outcome satisfies never;
  }
}

function afterPause(facts: RetryFacts, minutes: number, calendar: Calendar): Date {
  const ready = addMinutes(facts.now, minutes);
  if (isOpen(ready, facts.timeZone, calendar.hours, calendar.holidays)) return ready;
  const opening = nextOpening(ready, facts.timeZone, calendar.hours, calendar.holidays);
  const sameDay = localDay(opening, facts.timeZone) === localDay(facts.now, facts.timeZone);
  return sameDay || facts.promiseOpen ? opening : anotherDay(facts, calendar);
}

/** From the morning to today's afternoon, not before the least pause is over; from the afternoon to the next day. */
function otherHalf(facts: RetryFacts, leastMinutes: number, calendar: Calendar): Date {
  const today = localDay(facts.now, facts.timeZone);
  const midday = instantOf(`${today}T${calendar.hours.middayAt}`, facts.timeZone);
  if (facts.now >= midday) return anotherDay(facts, calendar);
  const least = addMinutes(facts.now, leastMinutes);
  const ready = least <= midday ? inHalf(facts, today, 'afternoon', calendar) : atAnsweringHour(facts, least, calendar);
  return localDay(ready, facts.timeZone) === today ? ready : anotherDay(facts, calendar);
}

/** That instant, or the full hour after it at which companies like this one answer most, in the same half of the day. */
function atAnsweringHour({ timeZone, answers = [] }: RetryFacts, ready: Date, { hours, holidays }: Calendar): Date {
  const half = partOfDay(ready, timeZone, hours);
  const clock = bestClock(answers, localClock(ready, timeZone), half === 'morning' ? hours.middayAt : hours.to);
  const best = clock === null ? ready : instantOf(`${localDay(ready, timeZone)}T${clock}`, timeZone);
  return nextOpening(best > ready ? best : ready, timeZone, hours, holidays);
}

function anotherDay(facts: RetryFacts, calendar: Calendar): Date {
  const day = nextWorkingDay(localDay(facts.now, facts.timeZone), calendar.hours, calendar.holidays);
  return inHalf(facts, day, lessTried(facts, calendar.hours), calendar);
}

/** The hour of that half at which companies like this one answer most, else the half's beginning. */
function inHalf(facts: RetryFacts, day: string, half: PartOfDay, { hours, holidays }: Calendar): Date {
  const from = half === 'morning' ? hours.from : hours.middayAt;
  const to = half === 'morning' ? hours.middayAt : hours.to;
  const clock = bestClock(facts.answers ?? [], from, to) ?? from;
  return nextOpening(instantOf(`${day}T${clock}`, facts.timeZone), facts.timeZone, hours, holidays);
}

function lessTried(facts: RetryFacts, hours: CallingHours): PartOfDay {
  if (facts.triedMorning !== facts.triedAfternoon) return facts.triedMorning < facts.triedAfternoon ? 'morning' : 'afternoon';
  return partOfDay(facts.now, facts.timeZone, hours) === 'morning' ? 'afternoon' : 'morning';
}
