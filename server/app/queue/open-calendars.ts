import type { CallingHours } from '../../core/hours/calling-hours.ts';
import { isCalendarOpen } from '../../core/queue/calendar.ts';
import type { DeskCalendars } from '../ports/stores/queue.ts';

interface Remembered {
  calendars: DeskCalendars;
  minute: number;
  open: readonly number[];
}

/** The last answer under each of the settings' hours; hours that nobody holds any more are forgotten with it. */
const remembered = new WeakMap<CallingHours, Remembered>();

/**
 * Ids of the calendars in calling hours at an instant. Hours begin and end at whole minutes in every zone, so that reps who ask within
 * one minute under the same hours and calendars get one answer.
 */
export function openCalendars(calendars: DeskCalendars, hours: CallingHours, at: Date): readonly number[] {
  const minute = Math.floor(at.getTime() / 60_000);
  const last = remembered.get(hours);
  if (last?.calendars === calendars && last.minute === minute) return last.open;
  const rules = { hours, holidays: calendars.holidays };
  const open = calendars.calendars.filter((calendar) => isCalendarOpen(calendar, at, rules)).map(({ id }) => id);
  remembered.set(hours, { calendars, minute, open });
  return open;
}
