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

/** Whether a wall time of the company lies outside the hours and days on which it may be called. */
export function isOutsideCallingHours(localTime: string, hours: CallingHours): boolean {
  const clock = localTime.slice(11, 16);
  const { weekday } = DateTime.fromISO(localTime, { zone: 'utc' });
  return !hours.workingDays.includes(weekday) || clock < hours.from || clock >= hours.to;
}

/** A choice of the promise picker, as if it had been typed. */
export interface QuickChoice {
  key: 'quarter' | 'twoHours' | 'tomorrow' | 'monday';
  meaning: PhraseMeaning;
}

/** In 15 minutes, in 2 hours, tomorrow 11:00, Monday morning, on the company's clock. */
export function quickChoices(nowMilliseconds: number, timeZone: string, hours: CallingHours): QuickChoice[] {
  const now = DateTime.fromMillis(nowMilliseconds, { zone: timeZone }).startOf('minute');
  const upToFive = (at: DateTime): DateTime => at.plus({ minutes: (5 - (at.minute % 5)) % 5 });
  const exact = (at: DateTime): PhraseMeaning => ({ kind: 'exact', localTime: at.toFormat(wallTimeFormat) });
  const monday = now.plus({ days: 8 - now.weekday });
  return [
    { key: 'quarter', meaning: exact(upToFive(now.plus({ minutes: 15 }))) },
    { key: 'twoHours', meaning: exact(upToFive(now.plus({ hours: 2 }))) },
    { key: 'tomorrow', meaning: exact(now.plus({ days: 1 }).set({ hour: 11, minute: 0 })) },
    { key: 'monday', meaning: { kind: 'window', day: monday.toFormat('yyyy-MM-dd'), from: hours.from, to: hours.middayAt } },
  ];
}
