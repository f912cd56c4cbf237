import { millisOf, officeZone, wallAt, workingDayAfter } from '../calendar.ts';
import type { Random } from '../random.ts';
import type { CompanyState } from './company-state.ts';
import type { Ledger } from './ledger.ts';
import type { Outcome } from './outcomes.ts';
import type { PromiseRow } from './rows.ts';

/** A call that is to be made on a day; a storyline forces how it ends. */
export interface AgendaItem {
  state: CompanyState;
  /** Of the office's day. */
  minute: number;
  promise: PromiseRow | null;
  forced: { outcome: Outcome; toStage: number | null } | null;
}

/** All that the telling of the history works on. */
export interface World {
  ledger: Ledger;
  random: Random;
  nowMillis: number;
  today: string;
  agenda: Map<string, AgendaItem[]>;
  /** What happens on a day after its calls: meetings, decisions on handoffs. */
  events: Map<string, (() => void)[]>;
}

export const agendaKey = (repId: number, day: string): string => `${repId}/${day}`;

export function addToAgenda(world: World, repId: number, day: string, item: AgendaItem): void {
  const key = agendaKey(repId, day);
  const items = world.agenda.get(key);
  if (items) items.push(item);
  else world.agenda.set(key, [item]);
}

/** Runs when that day is told, and never when its instant lies ahead. */
export function onDay(world: World, millis: number, event: () => void): void {
  if (millis > world.nowMillis) return;
  const { day } = wallAt(millis, officeZone);
  const events = world.events.get(day);
  if (events) events.push(event);
  else world.events.set(day, [event]);
}

/**
 * A minute of the office's day that suits the company: its own hours where both overlap, the office's first hour for the far east,
 * whose day ends as ours begins.
 */
export function convenientMinute(random: Random, timeZone: string, day: string): number {
  const noon = millisOf(day, 720, officeZone);
  const ahead = wallAt(noon, timeZone).minute - 720 + (wallAt(noon, timeZone).day > day ? 1_440 : 0);
  const latest = Math.min(1_065, 1_065 - ahead);
  const earliest = Math.min(latest, Math.max(ahead >= 420 ? 480 : 545, 545 - ahead));
  return Math.round(random.integer(earliest, latest) / 15) * 15;
}

/** A working day some days after an instant, in the office's days. */
export const dayLater = (millis: number, days: number): string => workingDayAfter(wallAt(millis, officeZone).day, days);

/** A rep's day in slots of five minutes, so that he never makes two calls at once. */
export class DaySlots {
  readonly #taken = new Set<number>();

  /** The first free minute from the wanted one on; null when the day is full. */
  take(wantedMinute: number): number | null {
    for (let slot = Math.max(0, Math.floor((wantedMinute - 480) / 5)); slot < 129; slot += 1) {
      if (this.#taken.has(slot)) continue;
      this.#taken.add(slot);
      return 480 + slot * 5;
    }
    return null;
  }
}
