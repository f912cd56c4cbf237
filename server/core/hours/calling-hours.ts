import { addDays, instantOf, localClock, localDay, weekdayOf } from './local-time.ts';

/** When companies may be called, on the wall clock of the company. Times are HH:mm. */
export interface CallingHours {
  from: string;
  to: string;
  /** ISO weekdays, 1 is Monday. */
  workingDays: readonly number[];
  /** Splits the working day into its two halves. */
  middayAt: string;
}

/** Local days on which nobody is called. */
export type Holidays = ReadonlySet<string>;

export type PartOfDay = 'morning' | 'afternoon';

/** Longer than any run of days off that a calendar can hold; beyond it the settings allow no day at all. */
const LONGEST_WAIT_DAYS = 400;

/** Whether companies are called on that calendar day at all. */
const isWorkingDay = (day: string, hours: CallingHours, holidays: Holidays): boolean =>
  hours.workingDays.includes(weekdayOf(day)) && !holidays.has(day);

/** Whether a company in that zone may be called at that instant: from inclusive, to exclusive. */
export function isOpen(instant: Date, timeZone: string, hours: CallingHours, holidays: Holidays): boolean {
  const clock = localClock(instant, timeZone);
  return isWorkingDay(localDay(instant, timeZone), hours, holidays) && clock >= hours.from && clock < hours.to;
}

/**
 * The first instant, not before the given one, at which the company may be called; the given instant itself when it is open.
 * @throws RangeError when the settings leave no working day for more than a year
 */
export function nextOpening(instant: Date, timeZone: string, hours: CallingHours, holidays: Holidays): Date {
  if (isOpen(instant, timeZone, hours, holidays)) return instant;
  const today = localDay(instant, timeZone);
  const opensLaterToday = isWorkingDay(today, hours, holidays) && localClock(instant, timeZone) < hours.from;
  return openingOf(opensLaterToday ? today : nextWorkingDay(today, hours, holidays), timeZone, hours);
}

/** The instant at which calling begins on a working day. */
export const openingOf = (day: string, timeZone: string, hours: CallingHours): Date => instantOf(`${day}T${hours.from}`, timeZone);

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
