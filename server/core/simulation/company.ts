import { nextWorkingDay, partOfDay, workingDaysLater } from '../hours/calling-hours.ts';
import { instantOf, localClock, localDay, weekdayOf } from '../hours/local-time.ts';
import { nearestFree, quartersOf } from '../promises/capacity.ts';
import { promiseTimes, type AgreedTime } from '../promises/promise-times.ts';
import type { Chance } from './chance.ts';
import { chargeDial, missedOutcome, putOff, type DialRules } from './dialling.ts';
import type { MissCause } from './misses.ts';
import type { Standing } from './standing.ts';

export interface Conditions extends DialRules {
  graceMinutes: number;
}

export interface SimulatedPromise {
  kind: 'exact' | 'window' | 'fresh';
  startsAt: Date;
  deadlineAt: Date;
  dialledAt: Date | null;
  /** A colleague dialled it first. */
  helped: boolean;
  /** Why its rep did not dial it in time, whoever else did later; null when he did. */
  miss: MissCause | null;
}

export interface Company extends Standing {
  promise: SimulatedPromise | null;
  chance: Chance;
  triedMorning: number;
  /** Closed for good: refused, started, exhausted. */
  over: boolean;
  talkedWhileHot: boolean;
}

/** Somebody who asked to be called: a request on the site, a missed call. */
export interface Arrival {
  at: Date;
  repId: number;
  company: Company;
}

/** The rep's side of an agreement: what he has promised already, and how many promises fit into a quarter of an hour; null when nobody asks. */
export interface Calendar {
  promised: () => readonly Date[];
  perQuarterHour: number | null;
  /** His working day, on the company's clock. */
  from: string;
  to: string;
}

export interface Dialled {
  answered: boolean;
  started: boolean;
}

const laterDays = 5;
const exactShare = 0.6;
const halfDayShare = 0.25;
const friday = 5;

/** What was agreed on the telephone: mostly an exact quarter of an hour, else a half of a day, or the rest of the week. */
function agreed(company: Company, now: Date, conditions: Conditions, calendar: Calendar): AgreedTime {
  const { timeZone } = company.facts;
  const { hours, holidays } = conditions;
  const today = localDay(now, timeZone);
  const day = workingDaysLater(today, 1 + Math.floor(company.chance() * laterDays), hours, holidays);
  const kind = company.chance();
  const morning = company.chance() < 0.5;
  const share = company.chance();
  if (kind < exactShare) {
    const within = { start: instantOf(`${day}T${calendar.from}`, timeZone), end: instantOf(`${day}T${calendar.to}`, timeZone) };
    const quarters = Math.floor((within.end.getTime() - within.start.getTime()) / (15 * 60_000));
    const wished = new Date(within.start.getTime() + Math.floor(share * quarters) * 15 * 60_000);
    const at = calendar.perQuarterHour === null ? wished : freeNear(wished, within, now, calendar.promised(), calendar.perQuarterHour);
    return { kind: 'exact', localTime: `${day}T${localClock(at, timeZone)}` };
  }
  if (kind < exactShare + halfDayShare)
    return { kind: 'window', day, from: morning ? hours.from : hours.middayAt, to: morning ? hours.middayAt : hours.to };
  const first = nextWorkingDay(today, hours, holidays);
  const lastDay = workingDaysLater(first, Math.max(0, friday - weekdayOf(first)), hours, holidays);
  return { kind: 'window', day: first, from: hours.from, to: hours.to, lastDay };
}

function freeNear(wished: Date, within: { start: Date; end: Date }, now: Date, promised: readonly Date[], perQuarterHour: number): Date {
  const sameDay = promised.filter((at) => at >= within.start && at < within.end);
  const [free] = nearestFree(quartersOf(within, sameDay, perQuarterHour), wished, now, 1);
  return free ?? wished;
}

function promiseAgain(company: Company, now: Date, conditions: Conditions, calendar: Calendar): void {
  const { hours, holidays, graceMinutes } = conditions;
  const times = promiseTimes(agreed(company, now, conditions, calendar), company.facts.timeZone, graceMinutes, hours, holidays);
  company.promise = {
    kind: times.kind,
    startsAt: times.startsAt,
    deadlineAt: times.deadlineAt,
    dialledAt: null,
    helped: false,
    miss: null,
  };
  company.facts.promise = times;
}

/** What a talk leads to, by where the company stands in the funnel. */
function talk(company: Company, now: Date, conditions: Conditions, calendar: Calendar): boolean {
  const { facts } = company;
  facts.lastContactAt = now;
  facts.promise = null;
  facts.retryAt = null;
  const fate = company.chance();
  const position = facts.stage?.position ?? 0;
  if (fate < (position === 0 ? 0.45 : 0.12)) company.over = true;
  else if (fate < (position === 0 ? 0.7 : 0.5)) promiseAgain(company, now, conditions, calendar);
  else if (fate < 0.85) {
    if (position >= 6) {
      company.over = true;
      return true;
    }
    facts.stage = { position: position === 0 ? 2 : position + 1, heat: position >= 3 ? 'hot' : 'early' };
    if (company.chance() < 0.7) promiseAgain(company, now, conditions, calendar);
    else {
      const tomorrow = nextWorkingDay(localDay(now, facts.timeZone), conditions.hours, conditions.holidays);
      facts.retryAt = instantOf(`${tomorrow}T10:00`, facts.timeZone);
    }
  } else {
    facts.retryAt = new Date(now.getTime() + conditions.retry.gatekeeperMinutes * 60_000);
  }
  return false;
}

/** Dials a company: its promise is met, tries are charged, and what follows is decided by its own fate. */
export function dial(company: Company, now: Date, conditions: Conditions, calendar: Calendar): Dialled {
  const { facts } = company;
  if (company.promise) company.promise.dialledAt ??= now;
  chargeDial(facts, now, facts.timeZone);
  if (partOfDay(now, facts.timeZone, conditions.hours) === 'morning') company.triedMorning += 1;
  const answered = company.chance() < (facts.promise ? 0.6 : facts.stage ? 0.45 : 0.3);
  if (answered) {
    if (facts.stage?.heat === 'hot') company.talkedWhileHot = true;
    facts.triesTotal = 0;
    company.triedMorning = 0;
    return { answered, started: talk(company, now, conditions, calendar) };
  }
  const missed = { outcome: missedOutcome(company.chance()), now, triedMorning: company.triedMorning };
  putOff(facts, missed, { ...conditions, timeZone: facts.timeZone });
  company.over = facts.exhausted;
  return { answered, started: false };
}
