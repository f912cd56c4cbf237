import { addDays } from '../../../server/core/hours/local-time.ts';
import { isoDaysBetween, isWorkingDay, millisOf, officeZone, wallAt } from '../calendar.ts';
import { reps } from '../people.ts';
import type { Random } from '../random.ts';
import type { CompanyState } from './company-state.ts';
import { dial } from './dial.ts';
import { addToAgenda, agendaKey, dayLater, DaySlots, type World } from './world.ts';

/** Days before today on which each rep began; the department grew. */
const seniorityDays: Readonly<Record<number, number>> = { 1: 1_095, 2: 1_095, 3: 900, 4: 720, 5: 430, 6: 220 };
/** Nobody of the demo begins later than the others but this one, who has not begun today. */
const notBegunToday = 6;

/** Dials of one rep on a day: a full norm lately, fewer the further back, because the ledger of three years has to stay light. */
function dialsWanted(random: Random, repId: number, daysAgo: number): number {
  if (daysAgo > (seniorityDays[repId] ?? 0)) return 0;
  const pace = 0.86 + ((repId * 37) % 30) / 100;
  if (daysAgo <= 28) return Math.round(random.integer(54, 68) * pace);
  if (daysAgo <= 120) return Math.round(random.integer(24, 36) * pace);
  return daysAgo <= 365 ? random.integer(9, 16) : random.integer(4, 9);
}

/** Companies that a rep dials cold, in turn. */
class ColdPool {
  readonly #states: readonly CompanyState[];
  #next = 0;

  constructor(states: readonly CompanyState[]) {
    this.#states = states;
  }

  /** The next one that may be dialled at an instant; null when a stretch of the pool has none. */
  pick(millis: number, lastMinute: number): CompanyState | null {
    for (let tried = 0; tried < 200; tried += 1) {
      const state = this.#states[this.#next % Math.max(1, this.#states.length)];
      this.#next += 1;
      if (state && callable(state, millis, lastMinute)) return state;
    }
    return null;
  }
}

function callable(state: CompanyState, millis: number, lastMinute: number): boolean {
  if (state.reserved || state.ownerId !== null || state.deal || state.doNotCall || state.exhaustedMillis !== null) return false;
  if (state.status === 'killed' || (state.restUntilMillis ?? 0) > millis) return false;
  const { day, minute } = wallAt(millis, state.company.place.timeZone);
  if (minute < 9 * 60 || minute >= lastMinute) return false;
  if (state.status === 'notNow') {
    if ((state.notNowUntil ?? day) > day) return false;
    Object.assign(state, { status: 'active', notNowUntil: null, statusReason: null });
  }
  return true;
}

/** How far a promised call slips from its minute; null when the day goes by without it. */
function slip(random: Random): number | null {
  const kind = random.weighted({ kept: 88, late: 8, broken: 4 });
  if (kind === 'broken') return null;
  return kind === 'kept' ? random.integer(-2, 1) : random.integer(15, 120);
}

interface RepDay {
  world: World;
  repId: number;
  day: string;
  slots: DaySlots;
}

/** The instant of a minute of the day; null when it lies ahead, or so close that the call would still be going on. */
function instantIn({ world, day }: RepDay, minute: number): number | null {
  const millis = millisOf(day, minute, officeZone) + world.random.integer(2, 20) * 1_000;
  return millis + 7 * 60_000 > world.nowMillis ? null : millis;
}

function workAgenda(repDay: RepDay): number {
  const { world, repId, day, slots } = repDay;
  const key = agendaKey(repId, day);
  let dialled = 0;
  for (;;) {
    // Dials that reach nobody put the same promise back on this very day.
    const item = world.agenda
      .get(key)
      ?.sort((a, b) => a.minute - b.minute)
      .shift();
    if (!item) return dialled;
    if (item.state.status !== 'active' && !item.forced) continue;
    const shift = item.promise && !item.forced && item.promise.dialledAt === null ? slip(world.random) : 0;
    const minute = shift === null ? null : slots.take(item.minute + shift);
    const millis = minute === null ? null : instantIn(repDay, minute);
    if (millis !== null) {
      dial(world, repId, item.state, millis, item);
      dialled += 1;
    } else if (day < world.today) {
      addToAgenda(world, repId, dayLater(millisOf(day, 720, officeZone), 1), { ...item, minute: world.random.integer(545, 660) });
    }
  }
}

function workCold(repDay: RepDay, pool: ColdPool, count: number): void {
  const { world, repId, slots } = repDay;
  for (let done = 0; done < count; done += 1) {
    const morningOfTheEast = world.random.chance(0.06);
    const minute = slots.take(
      morningOfTheEast
        ? 480
        : world.random.pick([545, 560, 600, 640, 680, 720, 790, 830, 870, 910, 960, 1_000]) + world.random.integer(0, 40),
    );
    const millis = minute === null ? null : instantIn(repDay, minute);
    const state = millis === null ? null : pool.pick(millis, 18 * 60);
    if (millis !== null && state) dial(world, repId, state, millis, null);
  }
}

/** Tells three years of working days up to now. Today and yesterday are worked whatever the weekday, so that both pages of the head have life. */
export function simulate(world: World, pools: ReadonlyMap<number, readonly CompanyState[]>): void {
  const coldPools = new Map([...pools].map(([repId, states]) => [repId, new ColdPool(states)]));
  const yesterday = addDays(world.today, -1);
  const noonToday = millisOf(world.today, 720, officeZone);
  for (const day of isoDaysBetween(addDays(world.today, -1_095), world.today)) {
    const daysAgo = Math.round((noonToday - millisOf(day, 720, officeZone)) / 86_400_000);
    if (isWorkingDay(day) || day >= yesterday) {
      for (const { id: repId } of reps) {
        if (day === world.today && repId === notBegunToday) continue;
        const repDay: RepDay = { world, repId, day, slots: new DaySlots() };
        const agreed = workAgenda(repDay);
        const pool = coldPools.get(repId);
        if (pool) workCold(repDay, pool, Math.max(0, dialsWanted(world.random, repId, daysAgo) - agreed));
      }
    }
    for (const event of world.events.get(day) ?? []) event();
  }
}
