import type { CallingHours, Holidays } from '../hours/calling-hours.ts';
import { nextOpening } from '../hours/calling-hours.ts';
import { addMinutes, localClock, localDay } from '../hours/local-time.ts';
import type { PromiseTimes } from '../promises/promise-times.ts';

/** What is known when a caller was missed. */
interface Missed {
  now: Date;
  timeZone: string;
  /** The source's own minutes, else the setting's. */
  minutes: number;
  /** His open promise, if there is one. */
  promise: { startsAt: Date; deadlineAt: Date } | null;
}

/** What is owed to a caller whom nobody answered: a new obligation, the open promise as it stands, or the new one in its place. */
export type CallBack = { kind: 'promise'; times: PromiseTimes; instead: boolean } | { kind: 'keep' };

/**
 * A missed call is called back at once, in his calling hours, within the minutes set. A promise that is due no later is owed
 * already and stays; one for a later time gives way, because he wants to talk now.
 */
export function callBackOf({ now, timeZone, minutes, promise }: Missed, hours: CallingHours, holidays: Holidays): CallBack {
  const startsAt = nextOpening(now, timeZone, hours, holidays);
  const deadlineAt = addMinutes(startsAt, minutes);
  if (promise && promise.startsAt <= startsAt && promise.deadlineAt <= deadlineAt) return { kind: 'keep' };
  const localTime = `${localDay(deadlineAt, timeZone)}T${localClock(deadlineAt, timeZone)}`;
  const times: PromiseTimes = {
    kind: 'window',
    localTime,
    timeZone,
    startsAt,
    promisedAt: deadlineAt,
    deadlineAt,
    askedOutsideHours: false,
  };
  return { kind: 'promise', times, instead: promise !== null };
}
