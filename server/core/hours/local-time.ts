import { DateTime } from 'luxon';

/** Start inclusive, end exclusive. */
export interface Bounds {
  start: Date;
  end: Date;
}

/**
 * The calendar day, YYYY-MM-DD, that an instant falls on in a time zone.
 * @throws RangeError when the zone is unknown
 */
export function localDay(instant: Date, timeZone: string): string {
  return inZone(instant, timeZone).toFormat('yyyy-MM-dd');
}

/** The hour, 0–23, on the wall clock of a time zone. */
export function localHour(instant: Date, timeZone: string): number {
  return inZone(instant, timeZone).hour;
}

/** The wall clock of a time zone, HH:mm. */
export function localClock(instant: Date, timeZone: string): string {
  return inZone(instant, timeZone).toFormat('HH:mm');
}

/** The instants between which a calendar day lasts in a time zone; 23 or 25 hours when the clock is moved on it. */
export function dayBounds(day: string, timeZone: string): Bounds {
  return { start: instantOf(`${day}T00:00`, timeZone), end: instantOf(`${addDays(day, 1)}T00:00`, timeZone) };
}

/**
 * The instant of a wall time, YYYY-MM-DDTHH:mm. A time that the clock jumps over moves forward by the jump,
 * a time that the clock shows twice is the first of the two (faults.md: a gap moves forward, an overlap fires once).
 * @throws RangeError when the time or the zone cannot be read
 */
export function instantOf(localTime: string, timeZone: string): Date {
  const wall = DateTime.fromISO(localTime, { zone: 'utc' });
  if (!wall.isValid) throw new RangeError(`Not a wall time: ${localTime}`);
  const wallMillis = wall.toMillis();
  // The offsets in force half a day before and after enclose any change of the clock near this time.
  const before = offsetMillis(wallMillis - HALF_DAY_MILLIS, timeZone);
  const after = offsetMillis(wallMillis + HALF_DAY_MILLIS, timeZone);
  const fits = [before, after]
    .map((offset) => wallMillis - offset)
    .filter((millis) => millis + offsetMillis(millis, timeZone) === wallMillis);
  return fits.length > 0 ? dateOf(Math.min(...fits)) : dateOf(wallMillis - before);
}

/** The calendar day `n` days later (earlier when negative). */
export function addDays(day: string, n: number): string {
  const date = DateTime.fromISO(day, { zone: 'utc' });
  if (!date.isValid) throw new RangeError(`Not a day: ${day}`);
  return date.plus({ days: n }).toFormat('yyyy-MM-dd');
}

/** ISO weekday of a calendar day: 1 is Monday, 7 Sunday. */
export function weekdayOf(day: string): number {
  const date = DateTime.fromISO(day, { zone: 'utc' });
  if (!date.isValid) throw new RangeError(`Not a day: ${day}`);
  return date.weekday;
}

/** Hours that the clock of a time zone is ahead of UTC at an instant. */
export const hoursAhead = (instant: Date, timeZone: string): number => offsetMillis(instant.getTime(), timeZone) / 3_600_000;

/** An instant some minutes after another. */
export function addMinutes(instant: Date, minutes: number): Date {
  return dateOf(instant.getTime() + minutes * 60_000);
}

const HALF_DAY_MILLIS = 12 * 60 * 60 * 1000;

function offsetMillis(utcMillis: number, timeZone: string): number {
  return inZone(dateOf(utcMillis), timeZone).offset * 60_000;
}

function inZone(instant: Date, timeZone: string): DateTime {
  const time = DateTime.fromJSDate(instant, { zone: timeZone });
  if (!time.isValid) throw new RangeError(`Not a time in ${timeZone}: ${time.invalidExplanation ?? 'invalid'}`);
  return time;
}

const dateOf = (millis: number): Date => DateTime.fromMillis(millis).toJSDate();
