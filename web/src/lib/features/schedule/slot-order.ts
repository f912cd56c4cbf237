import { localDateOf } from '$lib/format.ts';
import type { Slot } from './day.svelte.ts';

/** A day's slots as a rep reads them: what burns, what comes, what was. */
export interface OrderedDay {
  /** The call that is going on. */
  live: readonly Slot[];
  /** Promised before now and past the grace, as the queue takes them: this day's, then the day's before; inside a day the oldest first. */
  overdue: readonly Slot[];
  /** By the hour at which they will be called. */
  ahead: readonly Slot[];
  /** Newest first. */
  done: readonly Slot[];
}

/** Whether a slot's promise is past its grace. @param graceMinutes setting promises.graceMinutes */
export function isOverdue(slot: Slot, now: number, graceMinutes: number): boolean {
  return slot.state === 'planned' && slot.promisedAt !== null && Date.parse(slot.promisedAt) < now - graceMinutes * 60_000;
}

/** @param now milliseconds; @param graceMinutes setting promises.graceMinutes; @param timeZone of the rep, whose days they are */
export function orderSlots(slots: readonly Slot[], now: number, graceMinutes: number, timeZone: string): OrderedDay {
  const isLate = (slot: Slot): boolean => isOverdue(slot, now, graceMinutes);
  return {
    live: slots.filter((slot) => slot.state === 'live'),
    overdue: slots
      .filter(isLate)
      .map((slot) => ({ slot, at: Date.parse(slot.promisedAt ?? ''), day: localDateOf(slot.promisedAt ?? '', timeZone) }))
      .toSorted((left, right) => right.day.localeCompare(left.day) || left.at - right.at)
      .map(({ slot }) => slot),
    ahead: slots.filter((slot) => slot.state === 'planned' && !isLate(slot)),
    done: slots.filter((slot) => slot.state === 'done').toReversed(),
  };
}

/** The day of a slot's promise when it is not the day that is shown, else null. */
export function otherDayOf(slot: Slot, day: string, timeZone: string): string | null {
  if (slot.promisedAt === null) return null;
  const promised = localDateOf(slot.promisedAt, timeZone);
  return promised === day ? null : promised;
}
