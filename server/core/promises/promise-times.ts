import type { CallingHours, Holidays } from '../hours/calling-hours.ts';
import { isOpen } from '../hours/calling-hours.ts';
import { addMinutes, instantOf, localDay } from '../hours/local-time.ts';

/** A promise as agreed on the telephone, on the company's wall clock. */
export type AgreedTime =
  | { kind: 'exact'; localTime: string }
  | { kind: 'window'; day: string; from: string; to: string; lastDay?: string | undefined };

/** The instants that an agreed time stands for. */
export interface PromiseTimes {
  kind: 'exact' | 'window';
  /** YYYY-MM-DDTHH:mm; of a window its end. */
  localTime: string;
  timeZone: string;
  startsAt: Date;
  promisedAt: Date;
  deadlineAt: Date;
  /** The prospect asked for a time outside calling hours: then, and only then, it may be dialled there. */
  askedOutsideHours: boolean;
}

/** How a promise was met; null while it is too early to say. */
export type PromiseVerdict = 'onTime' | 'late' | 'broken';

/**
 * The instants of an agreed time: an exact one has a grace before and after, a window ends at its end.
 * @param graceMinutes setting promises.graceMinutes
 */
export function promiseTimes(
  agreed: AgreedTime,
  timeZone: string,
  graceMinutes: number,
  hours: CallingHours,
  holidays: Holidays,
): PromiseTimes {
  if (agreed.kind === 'exact') {
    const promisedAt = instantOf(agreed.localTime, timeZone);
    return {
      kind: 'exact',
      localTime: agreed.localTime,
      timeZone,
      startsAt: addMinutes(promisedAt, -graceMinutes),
      promisedAt,
      deadlineAt: addMinutes(promisedAt, graceMinutes),
      askedOutsideHours: !isOpen(promisedAt, timeZone, hours, holidays),
    };
  }
  const localTime = `${agreed.lastDay ?? agreed.day}T${agreed.to}`;
  const startsAt = instantOf(`${agreed.day}T${agreed.from}`, timeZone);
  const promisedAt = instantOf(localTime, timeZone);
  return {
    kind: 'window',
    localTime,
    timeZone,
    startsAt,
    promisedAt,
    deadlineAt: promisedAt,
    askedOutsideHours: !isOpen(startsAt, timeZone, hours, holidays) && !isOpen(addMinutes(promisedAt, -1), timeZone, hours, holidays),
  };
}

/** What keeps an agreed time from being a promise; null when nothing does. */
export function faultOfPromise(times: PromiseTimes, now: Date): 'inThePast' | 'endsBeforeItStarts' | 'tooFarAhead' | null {
  if (times.deadlineAt < times.startsAt || (times.kind === 'window' && times.deadlineAt <= times.startsAt)) return 'endsBeforeItStarts';
  if (times.deadlineAt <= now) return 'inThePast';
  return times.promisedAt > addMinutes(now, FURTHEST_MINUTES) ? 'tooFarAhead' : null;
}

/** A year: further ahead nobody agrees a call; it would be a slip of the keyboard. */
const FURTHEST_MINUTES = 366 * 24 * 60;

/**
 * How a dial meets a promise (domain.md): from the window's start to its deadline it is kept on time, after the deadline
 * on the same local day of the company late, afterwards broken; null when the dial came before the window.
 */
export function verdictOfDial(promise: Pick<PromiseTimes, 'startsAt' | 'deadlineAt' | 'timeZone'>, dialledAt: Date): PromiseVerdict | null {
  if (dialledAt < promise.startsAt) return null;
  if (dialledAt <= promise.deadlineAt) return 'onTime';
  return localDay(dialledAt, promise.timeZone) === localDay(promise.deadlineAt, promise.timeZone) ? 'late' : 'broken';
}

/** Whether the company's day of the deadline has ended: without a dial the promise is broken. */
export const isBroken = (promise: Pick<PromiseTimes, 'deadlineAt' | 'timeZone'>, now: Date): boolean =>
  localDay(now, promise.timeZone) > localDay(promise.deadlineAt, promise.timeZone);
