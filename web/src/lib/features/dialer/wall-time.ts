import { DateTime } from 'luxon';
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

/** The quarter of an hour that a wall time lies in. */
function quarterOf(localTime: string): string {
  const minute = Number(localTime.slice(14, 16));
  return `${localTime.slice(0, 14)}${String(minute - (minute % 15)).padStart(2, '0')}`;
}

/** Calling hours by default (domain.md): 9 to 18 of the company's zone on working days. */
export function isOutsideCallingHours(localTime: string): boolean {
  const clock = localTime.slice(11, 16);
  const weekday = DateTime.fromISO(localTime, { zone: 'utc' }).weekday;
  return weekday > 5 || clock < '09:00' || clock >= '18:00';
}

/** A choice of the promise picker, as if it had been typed. */
export interface QuickChoice {
  key: 'quarter' | 'twoHours' | 'tomorrow' | 'monday';
  meaning: PhraseMeaning;
}

/** In 15 minutes, in 2 hours, tomorrow 11:00, Monday morning, on the company's clock. */
export function quickChoices(nowMilliseconds: number, timeZone: string): QuickChoice[] {
  const now = DateTime.fromMillis(nowMilliseconds, { zone: timeZone }).startOf('minute');
  const upToFive = (at: DateTime): DateTime => at.plus({ minutes: (5 - (at.minute % 5)) % 5 });
  const exact = (at: DateTime): PhraseMeaning => ({ kind: 'exact', localTime: at.toFormat(wallTimeFormat) });
  const monday = now.plus({ days: 8 - now.weekday });
  return [
    { key: 'quarter', meaning: exact(upToFive(now.plus({ minutes: 15 }))) },
    { key: 'twoHours', meaning: exact(upToFive(now.plus({ hours: 2 }))) },
    { key: 'tomorrow', meaning: exact(now.plus({ days: 1 }).set({ hour: 11, minute: 0 })) },
    { key: 'monday', meaning: { kind: 'window', day: monday.toFormat('yyyy-MM-dd'), from: '09:00', to: '13:00' } },
  ];
}
