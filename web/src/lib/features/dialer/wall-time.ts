import { DateTime } from 'luxon';
import type { CallingHours } from './calling-hours.ts';
import type { PhraseMeaning } from './promise-phrase.ts';
import { wallTimeFormat } from './promise-phrase.ts';

/** The instant of a wall time on a company's clock, as ISO UTC. */
export function instantOfWallTime(localTime: string, timeZone: string): string {
  return DateTime.fromISO(localTime, { zone: timeZone }).toUTC().toISO() ?? localTime;
}

/** The wall time of an instant on a company's clock. */
export function wallTimeOf(instant: string | number, timeZone: string): string {
  const at = typeof instant === 'number' ? DateTime.fromMillis(instant) : DateTime.fromISO(instant);
  return at.setZone(timeZone).toFormat(wallTimeFormat);
}

/** A wall time some minutes later. */
export function shiftWallTime(localTime: string, minutes: number): string {
  return DateTime.fromISO(localTime, { zone: 'utc' }).plus({ minutes }).toFormat(wallTimeFormat);
}

/** The beginning of what was promised, as a wall time. */
export function startOfMeaning(meaning: PhraseMeaning): string {
  return meaning.kind === 'exact' ? meaning.localTime : `${meaning.day}T${meaning.from}`;
}

/** Days off by name; only whether a day is one of them matters here. */
type DaysOff = Pick<ReadonlySet<string>, 'has'>;

const isWorkingDay = (day: DateTime, hours: CallingHours, holidays: DaysOff): boolean =>
  hours.workingDays.includes(day.weekday) && !holidays.has(day.toFormat('yyyy-MM-dd'));

/** Whether a wall time of the company lies outside the hours and days on which it may be called. */
export function isOutsideCallingHours(localTime: string, hours: CallingHours, holidays: DaysOff): boolean {
  const clock = localTime.slice(11, 16);
  return !isWorkingDay(DateTime.fromISO(localTime, { zone: 'utc' }), hours, holidays) || clock < hours.from || clock >= hours.to;
}

/** Whether nothing of what was promised lies ahead any more. */
export function isOver(meaning: PhraseMeaning, timeZone: string, nowMilliseconds: number): boolean {
  const end = meaning.kind === 'exact' ? meaning.localTime : `${meaning.lastDay ?? meaning.day}T${meaning.to}`;
  return Date.parse(instantOfWallTime(end, timeZone)) <= nowMilliseconds;
}

/** A choice of the promise picker, as if it had been typed. */
export interface QuickChoice {
  key: 'quarter' | 'twoHours' | 'tomorrow' | 'nextWorkingDay' | 'monday';
  meaning: PhraseMeaning;
}

/** Holidays in a row are never longer. */
const longestRest = 30;

/**
 * In 15 minutes, in 2 hours, tomorrow 11:00, Monday morning, on the company's clock. A day off is not proposed:
 * the next working day stands for tomorrow, and a Monday off is left out.
 */
export function quickChoices(nowMilliseconds: number, timeZone: string, hours: CallingHours, holidays: DaysOff): QuickChoice[] {
  const now = DateTime.fromMillis(nowMilliseconds, { zone: timeZone }).startOf('minute');
  const upToFive = (at: DateTime): DateTime => at.plus({ minutes: (5 - (at.minute % 5)) % 5 });
  const exact = (at: DateTime): PhraseMeaning => ({ kind: 'exact', localTime: at.toFormat(wallTimeFormat) });
  const ahead = Array.from({ length: longestRest }, (_, days) => now.plus({ days: days + 1 }));
  const next = ahead.findIndex((day) => isWorkingDay(day, hours, holidays));
  const nextDay = ahead[next];
  const monday = now.plus({ days: 8 - now.weekday });
  const morning: PhraseMeaning = { kind: 'window', day: monday.toFormat('yyyy-MM-dd'), from: hours.from, to: hours.middayAt };
  return [
    { key: 'quarter', meaning: exact(upToFive(now.plus({ minutes: 15 }))) },
    { key: 'twoHours', meaning: exact(upToFive(now.plus({ hours: 2 }))) },
    ...(nextDay
      ? [{ key: next === 0 ? ('tomorrow' as const) : ('nextWorkingDay' as const), meaning: exact(nextDay.set({ hour: 11, minute: 0 })) }]
      : []),
    ...(isWorkingDay(monday, hours, holidays) ? [{ key: 'monday' as const, meaning: morning }] : []),
  ];
}
