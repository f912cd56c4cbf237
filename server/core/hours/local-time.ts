import { DateTime } from 'luxon';

const ANSWERS_KEPT = 20_000;

/** The last answers to a question of the calendar are kept: asking luxon takes a hundred times as long as looking them up. */
function remembering<First extends string | number, Second extends string | number, Answer>(
  answer: (first: First, second: Second) => Answer,
): (first: First, second: Second) => Answer {
  const known = new Map<string, Answer>();
  return (first, second) => {
    const question = `${second} ${first}`;
    const found = known.get(question);
    if (found !== undefined) return found;
    if (known.size >= ANSWERS_KEPT) known.clear();
    const fresh = answer(first, second);
    known.set(question, fresh);
    return fresh;
  };
}

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
  return wallText(instant, timeZone).slice(0, 10);
}

/** The hour, 0–23, on the wall clock of a time zone. */
export function localHour(instant: Date, timeZone: string): number {
  return Number(wallText(instant, timeZone).slice(11, 13));
}

/** The wall clock of a time zone, HH:mm. */
export function localClock(instant: Date, timeZone: string): string {
  return wallText(instant, timeZone).slice(11, 16);
}

/** Bounds that were asked for lately, in milliseconds: a whole department asks for the same few days all day long. */
const boundsKnown = new Map<string, { start: number; end: number }>();
const boundsKnownAtMost = 1_000;

/** The instants between which a calendar day lasts in a time zone; 23 or 25 hours when the clock is moved on it. */
export function dayBounds(day: string, timeZone: string): Bounds {
  const key = `${day} ${timeZone}`;
  const known = boundsKnown.get(key);
  if (known) return { start: dateOf(known.start), end: dateOf(known.end) };
  const bounds = { start: instantOf(`${day}T00:00`, timeZone), end: instantOf(`${addDays(day, 1)}T00:00`, timeZone) };
  if (boundsKnown.size >= boundsKnownAtMost) boundsKnown.clear();
  boundsKnown.set(key, { start: bounds.start.getTime(), end: bounds.end.getTime() });
  return bounds;
}

/**
 * The instant of a wall time, YYYY-MM-DDTHH:mm. A time that the clock jumps over moves forward by the jump,
 * a time that the clock shows twice is the first of the two (faults.md: a gap moves forward, an overlap fires once).
 * @throws RangeError when the time or the zone cannot be read
 */
export const instantOf = (localTime: string, timeZone: string): Date => new Date(millisOf(localTime, timeZone));

const millisOf = remembering((localTime: string, timeZone: string): number => {
  const wall = DateTime.fromISO(localTime, { zone: 'utc' });
  if (!wall.isValid) throw new RangeError(`Not a wall time: ${localTime}`);
  const wallMillis = wall.toMillis();
  // The offsets in force half a day before and after enclose any change of the clock near this time.
  const before = offsetMillis(wallMillis - HALF_DAY_MILLIS, timeZone);
  const after = offsetMillis(wallMillis + HALF_DAY_MILLIS, timeZone);
  const fits = [before, after]
    .map((offset) => wallMillis - offset)
    .filter((millis) => millis + offsetMillis(millis, timeZone) === wallMillis);
  return fits.length > 0 ? Math.min(...fits) : wallMillis - before;
});

/** The calendar day `n` days later (earlier when negative). */
export const addDays = remembering((day: string, n: number): string => {
  const date = DateTime.fromISO(day, { zone: 'utc' });
  if (!date.isValid) throw new RangeError(`Not a day: ${day}`);
  return date.plus({ days: n }).toFormat('yyyy-MM-dd');
});

/** ISO weekday of a calendar day: 1 is Monday, 7 Sunday. */
export const weekdayOf = (day: string): number => weekdayIn(day, 'utc');

const weekdayIn = remembering((day: string, timeZone: string): number => {
  const date = DateTime.fromISO(day, { zone: timeZone });
  if (!date.isValid) throw new RangeError(`Not a day: ${day}`);
  return date.weekday;
});

/** Hours that the clock of a time zone is ahead of UTC at an instant. */
export const hoursAhead = (instant: Date, timeZone: string): number => offsetMillis(instant.getTime(), timeZone) / 3_600_000;

/** An instant some minutes after another. */
export function addMinutes(instant: Date, minutes: number): Date {
  return new Date(instant.getTime() + minutes * 60_000);
}

const HALF_DAY_MILLIS = 12 * 60 * 60 * 1000;

/** The wall clock as it would be written in UTC: YYYY-MM-DDTHH:mm:ss.SSSZ. */
const wallText = (instant: Date, timeZone: string): string =>
  new Date(instant.getTime() + offsetMillis(instant.getTime(), timeZone)).toISOString();

const QUARTER_MILLIS = 15 * 60 * 1000;

/** Clocks are moved at full quarters of an hour only. */
const offsetOfQuarter = remembering(
  (quarter: number, timeZone: string) => inZone(dateOf(quarter * QUARTER_MILLIS), timeZone).offset * 60_000,
);

const offsetMillis = (utcMillis: number, timeZone: string): number => offsetOfQuarter(Math.floor(utcMillis / QUARTER_MILLIS), timeZone);

function inZone(instant: Date, timeZone: string): DateTime {
  const time = DateTime.fromJSDate(instant, { zone: timeZone });
  if (!time.isValid) throw new RangeError(`Not a time in ${timeZone}: ${time.invalidExplanation ?? 'invalid'}`);
  return time;
}

const dateOf = (millis: number): Date => DateTime.fromMillis(millis).toJSDate();
