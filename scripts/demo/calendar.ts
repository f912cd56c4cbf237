import { DateTime } from 'luxon';
import { addDays, weekdayOf } from '../../server/core/hours/local-time.ts';

/** Where the department sits; its days and hours are counted here. */
export const officeZone = 'Europe/Moscow';

/** The fixed days of article 112 of the Labour Code, as month-day; moved days off are left to the head of sales. */
const fixedHolidays: readonly (readonly [string, string])[] = [
  ['01-01', 'Новогодние каникулы'],
  ['01-02', 'Новогодние каникулы'],
  ['01-03', 'Новогодние каникулы'],
  ['01-04', 'Новогодние каникулы'],
  ['01-05', 'Новогодние каникулы'],
  ['01-06', 'Новогодние каникулы'],
  ['01-07', 'Рождество Христово'],
  ['01-08', 'Новогодние каникулы'],
  ['02-23', 'День защитника Отечества'],
  ['03-08', 'Международный женский день'],
  ['05-01', 'Праздник Весны и Труда'],
  ['05-09', 'День Победы'],
  ['06-12', 'День России'],
  ['11-04', 'День народного единства'],
];

export interface HolidayRow {
  country: string;
  day: string;
  name: string;
}

/** Russia's holidays of each given year. */
export function russianHolidays(years: readonly number[]): HolidayRow[] {
  return years.flatMap((year) => fixedHolidays.map(([monthDay, name]) => ({ country: 'RU', day: `${year}-${monthDay}`, name })));
}

const holidayMonthDays = new Set(fixedHolidays.map(([monthDay]) => monthDay));

export function isWorkingDay(day: string): boolean {
  return weekdayOf(day) <= 5 && !holidayMonthDays.has(day.slice(5));
}

/** The first working day at least `count` days after `day`. */
export function workingDayAfter(day: string, count: number): string {
  let next = addDays(day, count);
  while (!isWorkingDay(next)) next = addDays(next, 1);
  return next;
}

/** The last working day at least `count` days before `day`. */
export function workingDayBefore(day: string, count: number): string {
  let earlier = addDays(day, -count);
  while (!isWorkingDay(earlier)) earlier = addDays(earlier, -1);
  return earlier;
}

export function isoDaysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

const offsets = new Map<string, number>();

/** Offset of a zone on a UTC day, remembered: history asks for it hundreds of thousands of times. Russian zones change at midnight at most. */
function offsetMinutes(timeZone: string, epochMillis: number): number {
  const key = `${timeZone}/${Math.floor(epochMillis / 86_400_000)}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const offset = DateTime.fromMillis(epochMillis, { zone: timeZone }).offset;
  offsets.set(key, offset);
  return offset;
}

export interface Wall {
  day: string;
  /** Minutes since local midnight. */
  minute: number;
}

/** What the wall clock of a zone shows. */
export function wallAt(epochMillis: number, timeZone: string): Wall {
  const local = new Date(epochMillis + offsetMinutes(timeZone, epochMillis) * 60_000).toISOString();
  return { day: local.slice(0, 10), minute: Number(local.slice(11, 13)) * 60 + Number(local.slice(14, 16)) };
}

/** The instant of a wall time, in milliseconds. */
export function millisOf(day: string, minute: number, timeZone: string): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
  return asUtc - offsetMinutes(timeZone, asUtc) * 60_000;
}

export function localTimeText(epochMillis: number, timeZone: string): string {
  return new Date(epochMillis + offsetMinutes(timeZone, epochMillis) * 60_000).toISOString().slice(0, 16);
}
