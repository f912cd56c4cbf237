import { isWorkingDay, nextWorkingDay, type CallingHours, type Holidays } from '../hours/calling-hours.ts';
import { instantOf, localDay } from '../hours/local-time.ts';

/** A list and how much of it nobody has dialled yet. */
export interface DryList {
  id: number;
  cold: number;
  /** 1 is called first. */
  priority: number;
}

/** A working day that lies ahead and what of it is left. */
export interface DayAhead {
  day: string;
  /** 1 is the whole of it. */
  share: number;
}

/** The working days from now on; of today only what is left of it. */
export function daysAhead(now: Date, timeZone: string, hours: CallingHours, holidays: Holidays, count: number): DayAhead[] {
  const today = localDay(now, timeZone);
  const from = instantOf(`${today}T${hours.from}`, timeZone).getTime();
  const to = instantOf(`${today}T${hours.to}`, timeZone).getTime();
  const share = isWorkingDay(today, hours, holidays) ? Math.min(1, Math.max(0, (to - now.getTime()) / (to - from))) : 0;
  const days: DayAhead[] = share > 0 ? [{ day: today, share }] : [];
  let day = today;
  while (days.length < count) {
    day = nextWorkingDay(day, hours, holidays);
    days.push({ day, share: 1 });
  }
  return days;
}

export interface DryRep {
  id: number;
  /** Cold dials on a day of work. In a list the never dialled stand before the tried, so while there are any a dial begins one. */
  coldPerDay: number;
  worksOn: (day: string) => boolean;
  listsOn: (day: string) => readonly number[];
}

/** When the last never dialled company is begun. */
export interface RunsDry {
  on: string;
  /** Working days up to it, that day included. */
  workingDays: number;
}

/** Null: not within the days that were looked at. */
export interface DryForecast {
  lists: ReadonlyMap<number, RunsDry | null>;
  /** When a rep has less than a day's work left; lists that others work too are shared with them. */
  reps: ReadonlyMap<number, RunsDry | null>;
}

/** What companies of a rounding error would be. */
const nothing = 1e-6;

/**
 * When lists and reps run out of never dialled companies, at the pace that each rep has: day by day the lists are called in their
 * order, and those who work one list share what is left of it by their pace.
 */
export function runDry(lists: readonly DryList[], reps: readonly DryRep[], days: readonly DayAhead[]): DryForecast {
  const left = new Map(lists.map(({ id, cold }) => [id, cold]));
  const ordered = lists.toSorted((one, other) => one.priority - other.priority || one.id - other.id);
  const dryLists = new Map<number, RunsDry | null>(lists.map(({ id }) => [id, null]));
  const dryReps = new Map<number, RunsDry | null>(reps.map(({ id }) => [id, null]));
  for (const [index, { day, share }] of days.entries()) {
    const ends: RunsDry = { on: day, workingDays: index + 1 };
    const present = reps
      .filter((rep) => rep.worksOn(day))
      .map((rep) => ({ id: rep.id, listIds: new Set(rep.listsOn(day)), budget: rep.coldPerDay * share }));
    for (const { id } of ordered) {
      const callers = present.filter(({ listIds, budget }) => listIds.has(id) && budget > nothing);
      const wanted = callers.reduce((sum, { budget }) => sum + budget, 0);
      const stock = left.get(id) ?? 0;
      if (wanted === 0 || stock <= nothing) continue;
      const taken = Math.min(stock, wanted);
      for (const caller of callers) caller.budget -= (taken * caller.budget) / wanted;
      left.set(id, stock - taken);
      if (stock - taken <= nothing) dryLists.set(id, ends);
    }
    for (const { id, budget } of present) if (budget > nothing && dryReps.get(id) === null) dryReps.set(id, ends);
  }
  return { lists: dryLists, reps: dryReps };
}

/** Cold dials of a rep in the past and on how many days he called. */
export interface ColdCount {
  repId: number;
  days: number;
  dials: number;
}

/** So few days tell nothing of a rep: he is taken for a usual one. */
const enoughDays = 3;

/** Cold dials of a rep a day: his own pace, else that of all, else the norm of calls. */
export function coldPerDayOf(counts: readonly ColdCount[], repId: number, normDials: number): number {
  const own = counts.find((count) => count.repId === repId);
  if (own && own.days >= enoughDays) return own.dials / own.days;
  const days = counts.reduce((sum, count) => sum + count.days, 0);
  return days >= enoughDays ? counts.reduce((sum, { dials }) => sum + dials, 0) / days : normDials;
}
