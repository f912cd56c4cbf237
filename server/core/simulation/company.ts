import { nextWorkingDay } from '../hours/calling-hours.ts';
import { instantOf, localClock, localDay } from '../hours/local-time.ts';
import { nearestFree, quartersOf } from '../promises/capacity.ts';
import { promiseTimes, type AgreedTime } from '../promises/promise-times.ts';
import type { LeadFacts } from '../queue/facts.ts';
import type { Chance } from './chance.ts';
import { chargeDial, missedOutcome, putOff, type DialRules } from './dialling.ts';

export interface Conditions extends DialRules {
  graceMinutes: number;
  perQuarterHour: number;
}

export interface SimulatedPromise {
  kind: 'exact' | 'window';
  startsAt: Date;
  deadlineAt: Date;
  dialledAt: Date | null;
}

export interface Company {
  facts: LeadFacts;
  promise: SimulatedPromise | null;
  chance: Chance;
  triedMorning: number;
  /** Closed for good: refused, started, exhausted. */
  over: boolean;
  talkedWhileHot: boolean;
}

export interface Dialled {
  answered: boolean;
  started: boolean;
}

const laterDays = 5;

/** What was agreed on the telephone: mostly an exact quarter of an hour, else a half of a day. */
function agreed(company: Company, now: Date, conditions: Conditions, promisedTimes: () => readonly Date[]): AgreedTime {
  let day = localDay(now, conditions.timeZone);
  const ahead = 1 + Math.floor(company.chance() * laterDays);
  for (let passed = 0; passed < ahead; passed += 1) day = nextWorkingDay(day, conditions.hours, conditions.holidays);
  if (company.chance() < 0.3) return { kind: 'window', day, from: conditions.hours.from, to: conditions.hours.middayAt };
  const within = { start: instantOf(`${day}T09:15`, conditions.timeZone), end: instantOf(`${day}T17:30`, conditions.timeZone) };
  const wished = new Date(within.start.getTime() + Math.floor(company.chance() * 33) * 15 * 60_000);
  const sameDay = promisedTimes().filter((at) => at >= within.start && at < within.end);
  const [free] = nearestFree(quartersOf(within, sameDay, conditions.perQuarterHour), wished, now, 1);
  const at = free ?? wished;
  return { kind: 'exact', localTime: `${day}T${localClock(at, conditions.timeZone)}` };
}

function promiseAgain(company: Company, now: Date, conditions: Conditions, promisedTimes: () => readonly Date[]): void {
  const times = promiseTimes(
    agreed(company, now, conditions, promisedTimes),
    conditions.timeZone,
    conditions.graceMinutes,
    conditions.hours,
    conditions.holidays,
  );
  company.promise = { kind: times.kind, startsAt: times.startsAt, deadlineAt: times.deadlineAt, dialledAt: null };
  company.facts.promise = times;
}

/** What a talk leads to, by where the company stands in the funnel. */
function talk(company: Company, now: Date, conditions: Conditions, promisedTimes: () => readonly Date[]): boolean {
  const { facts } = company;
  facts.lastContactAt = now;
  facts.promise = null;
  facts.retryAt = null;
  const fate = company.chance();
  const position = facts.stage?.position ?? 0;
  if (fate < (position === 0 ? 0.45 : 0.12)) company.over = true;
  else if (fate < (position === 0 ? 0.7 : 0.5)) promiseAgain(company, now, conditions, promisedTimes);
  else if (fate < 0.85) {
    if (position >= 6) {
      company.over = true;
      return true;
    }
    facts.stage = { position: position === 0 ? 2 : position + 1, heat: position >= 3 ? 'hot' : 'early' };
    if (company.chance() < 0.7) promiseAgain(company, now, conditions, promisedTimes);
    else
      facts.retryAt = instantOf(
        `${nextWorkingDay(localDay(now, conditions.timeZone), conditions.hours, conditions.holidays)}T10:00`,
        conditions.timeZone,
      );
  } else {
    facts.retryAt = new Date(now.getTime() + conditions.retry.gatekeeperMinutes * 60_000);
  }
  return false;
}

/** Dials a company: its promise is met, tries are charged, and what follows is decided by its own fate. */
export function dial(company: Company, now: Date, conditions: Conditions, promisedTimes: () => readonly Date[]): Dialled {
  const { facts } = company;
  if (company.promise) company.promise.dialledAt ??= now;
  chargeDial(facts, now, conditions.timeZone);
  const answered = company.chance() < (facts.promise ? 0.6 : facts.stage ? 0.45 : 0.3);
  if (answered) {
    if (facts.stage?.heat === 'hot') company.talkedWhileHot = true;
    facts.triesTotal = 0;
    return { answered, started: talk(company, now, conditions, promisedTimes) };
  }
  putOff(facts, { outcome: missedOutcome(company.chance()), now, triedMorning: company.triedMorning }, conditions);
  company.over = facts.exhausted;
  return { answered, started: false };
}
