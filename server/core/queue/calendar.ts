import type { CallingHours, Holidays, OwnHours } from '../hours/calling-hours.ts';
import { hoursOf, isOpen, nextOpening } from '../hours/calling-hours.ts';

/** What decides when a company may be called: companies with the same calendar share streams of the queue. */
export interface CompanyCalendar extends OwnHours {
  timeZone: string;
  /** Whose holidays count. */
  country: string;
}

/** Hours of the settings and days off by country. */
export interface HourRules {
  hours: CallingHours;
  holidays: ReadonlyMap<string, Holidays>;
}

const span = (from: string | null, to: string | null): string => (from === null || to === null ? '' : `${from}-${to}`);

/** The calendar in one word: the name of its zone in the queue. */
export const calendarName = ({ timeZone, country, callFrom, callTo, lunchFrom, lunchTo }: CompanyCalendar): string =>
  [timeZone, country, span(callFrom, callTo), span(lunchFrom, lunchTo)].join('|').replace(/\|+$/, '');

const noHolidays: Holidays = new Set();

/** Hours and days off of one calendar. */
export const calendarOf = (calendar: CompanyCalendar, rules: HourRules): { hours: CallingHours; holidays: Holidays } => ({
  hours: hoursOf(rules.hours, calendar),
  holidays: rules.holidays.get(calendar.country) ?? noHolidays,
});

/** Whether companies of that calendar may be called at that instant. */
export function isCalendarOpen(calendar: CompanyCalendar, instant: Date, rules: HourRules): boolean {
  const { hours, holidays } = calendarOf(calendar, rules);
  return isOpen(instant, calendar.timeZone, hours, holidays);
}

/** The first instant from the given one on at which they may be called. */
export function nextCalendarOpening(calendar: CompanyCalendar, instant: Date, rules: HourRules): Date {
  const { hours, holidays } = calendarOf(calendar, rules);
  return nextOpening(instant, calendar.timeZone, hours, holidays);
}
