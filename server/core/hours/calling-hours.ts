import { addDays, instantOf, localClock, localDay, weekdayOf } from './local-time.ts';

/** When companies may be called, on the wall clock of the company. Times are HH:mm. */
export interface CallingHours {
  from: string;
  to: string;
  /** ISO weekdays, 1 is Monday. */
  workingDays: readonly number[];
  /** Splits the working day into its two halves. */
  middayAt: string;
  /** Nobody is called at lunch; absent or null when there is no such break. */
  lunchFrom?: string | null;
  lunchTo?: string | null;
}

/** Hours that one company keeps; what is null is as everywhere. */
export interface OwnHours {
  callFrom: string | null;
  callTo: string | null;
  lunchFrom: string | null;
  lunchTo: string | null;
}

/** The hours of a company: its own before those of the settings. Only both ends of a span together are its own. */
export function hoursOf(hours: CallingHours, own: OwnHours | null): CallingHours {
  if (own === null) return hours;
  const span = own.callFrom !== null && own.callTo !== null ? { from: own.callFrom, to: own.callTo } : {};
  const lunch = own.lunchFrom !== null && own.lunchTo !== null ? { lunchFrom: own.lunchFrom, lunchTo: own.lunchTo } : {};
  return { ...hours, ...span, ...lunch };
}

/** Local days on which nobody is called. */
export type Holidays = ReadonlySet<string>;

export type PartOfDay = 'morning' | 'afternoon';

/** Longer than any run of days off that a calendar can hold; beyond it the settings allow no day at all. */
const LONGEST_WAIT_DAYS = 400;

/** Whether companies are called on that calendar day at all. */
export const isWorkingDay = (day: string, hours: CallingHours, holidays: Holidays): boolean =>
  hours.workingDays.includes(weekdayOf(day)) && !holidays.has(day);

/** Whether a company in that zone may be called at that instant: from inclusive, to exclusive. */
export function isOpen(instant: Date, timeZone: string, hours: CallingHours, holidays: Holidays): boolean {
  const clock = localClock(instant, timeZone);
  if (!isWorkingDay(localDay(instant, timeZone), hours, holidays) || clock < hours.from || clock >= hours.to) return false;
  return !isLunch(clock, hours);
}

const isLunch = (clock: string, { lunchFrom, lunchTo }: CallingHours): boolean =>
  typeof lunchFrom === 'string' && typeof lunchTo === 'string' && clock >= lunchFrom && clock < lunchTo;

/**
 * The first instant, not before the given one, at which the company may be called; the given instant itself when it is open.
 * @throws RangeError when the settings leave no working day for more than a year
 */
export function nextOpening(instant: Date, timeZone: string, hours: CallingHours, holidays: Holidays): Date {
  if (isOpen(instant, timeZone, hours, holidays)) return instant;
  const today = localDay(instant, timeZone);
  const clock = localClock(instant, timeZone);
  if (isWorkingDay(today, hours, holidays)) {
    const opens = [hours.from, hours.lunchTo ?? null].filter((opening) => opening !== null && clock < opening && opensAt(opening, hours));
    const [next] = opens.sort();
    if (typeof next === 'string') return instantOf(`${today}T${next}`, timeZone);
  }
  return openingOf(nextWorkingDay(today, hours, holidays), timeZone, hours);
}

const opensAt = (clock: string, hours: CallingHours): boolean => clock >= hours.from && clock < hours.to && !isLunch(clock, hours);

/** The instant at which calling begins on a working day. */
function openingOf(day: string, timeZone: string, hours: CallingHours): Date {
  const from = isLunch(hours.from, hours) && typeof hours.lunchTo === 'string' ? hours.lunchTo : hours.from;
  return instantOf(`${day}T${from}`, timeZone);
}

/** The half of the company's day; before midday is the morning. */
export const partOfDay = (instant: Date, timeZone: string, hours: CallingHours): PartOfDay =>
  localClock(instant, timeZone) < hours.middayAt ? 'morning' : 'afternoon';

/**
 * The first working day after the given calendar day.
 * @throws RangeError when the settings leave no working day for more than a year
 */
export function nextWorkingDay(day: string, hours: CallingHours, holidays: Holidays): string {
  for (let ahead = 1; ahead <= LONGEST_WAIT_DAYS; ahead += 1) {
    const candidate = addDays(day, ahead);
    if (isWorkingDay(candidate, hours, holidays)) return candidate;
  }
  throw new RangeError(`No working day within ${LONGEST_WAIT_DAYS} days after ${day}`);
}

/** The n-th working day after the given calendar day. */
export function workingDaysLater(day: string, n: number, hours: CallingHours, holidays: Holidays): string {
  let reached = day;
  for (let passed = 0; passed < n; passed += 1) reached = nextWorkingDay(reached, hours, holidays);
  return reached;
}
