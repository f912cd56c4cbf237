import { instantOf } from '../hours/local-time.ts';
import { exponential, seededChance, type Chance } from './chance.ts';
import type { Company, SimulatedPromise } from './company.ts';
import type { PastCall, Shift } from './misses.ts';
import { Pool } from './standing.ts';

/** How a department works. */
export interface StaffRules {
  timeZone: string;
  hours: { from: string; to: string };
  reps: number;
  teamSize: number;
  /** Share of a rep's days on which he is absent without notice. */
  absentShare: number;
  /** Share of his days on which he begins late, and by how much in the mean. */
  lateShare: number;
  lateMinutes: number;
  lunchMinutes: number;
  seed: number;
}

export interface Rep {
  id: number;
  team: number;
  freeAt: Date;
  /** End of his call with its wrap-up. */
  busyUntil: Date;
  companies: Company[];
  /** Those of them that were promised a call, and those that were not. */
  promised: Set<Company>;
  others: Pool<Company>;
  /** Promises whose window has not closed. */
  unjudged: SimulatedPromise[];
  chance: Chance;
  /** His days; null when he is absent. */
  shifts: ReadonlyMap<string, Shift | null>;
  /** Of the day he is in. */
  day: string;
  calls: PastCall[];
}

/** A third of the reps eats at noon, a third at one, a third at two. */
const lunchClocks = ['12:00', '13:00', '14:00'] as const;

function shiftOf(rules: StaffRules, day: string, id: number, chance: Chance): Shift | null {
  const isAbsent = chance() < rules.absentShare;
  const lateMs = chance() < rules.lateShare ? exponential(chance, rules.lateMinutes) * 60_000 : 0;
  if (isAbsent) return null;
  const lunchAt = instantOf(`${day}T${lunchClocks[id % lunchClocks.length] ?? '13:00'}`, rules.timeZone);
  return {
    startsAt: new Date(instantOf(`${day}T${rules.hours.from}`, rules.timeZone).getTime() + lateMs),
    endsAt: instantOf(`${day}T${rules.hours.to}`, rules.timeZone),
    lunch: { startsAt: lunchAt, endsAt: new Date(lunchAt.getTime() + rules.lunchMinutes * 60_000) },
  };
}

/** A rep with his days, without companies. */
export function hire(rules: StaffRules, days: readonly string[], id: number): Rep {
  const chance = seededChance(rules.seed * 7_919 + id);
  const first = instantOf(`${days[0] ?? ''}T${rules.hours.from}`, rules.timeZone);
  return {
    id,
    team: Math.floor(id / rules.teamSize),
    freeAt: first,
    busyUntil: first,
    companies: [],
    promised: new Set(),
    others: new Pool(),
    unjudged: [],
    chance,
    shifts: new Map(days.map((day) => [day, shiftOf(rules, day, id, chance)])),
    day: '',
    calls: [],
  };
}

/** When he sits at the telephone next: now, or when his shift or his lunch lets him; null when this day holds nothing more. */
export function atWorkFrom(shift: Shift | null, now: Date): Date | null {
  if (shift === null || now >= shift.endsAt) return null;
  if (now < shift.startsAt) return shift.startsAt;
  return now >= shift.lunch.startsAt && now < shift.lunch.endsAt ? shift.lunch.endsAt : now;
}

/** Whether he will not dial in the next moment: absent, not at work, at lunch, or in a call. */
export const isEngaged = ({ busyUntil }: Rep, shift: Shift | null, now: Date): boolean =>
  busyUntil > now || atWorkFrom(shift, now)?.getTime() !== now.getTime();

/** Seconds of all his days at the telephone. */
export const presentSeconds = ({ shifts }: Rep): number =>
  [...shifts.values()].reduce((sum, shift) => {
    if (shift === null || shift.startsAt >= shift.endsAt) return sum;
    const lunchMs = Math.max(0, shift.lunch.endsAt.getTime() - Math.max(shift.lunch.startsAt.getTime(), shift.startsAt.getTime()));
    return sum + (shift.endsAt.getTime() - shift.startsAt.getTime() - lunchMs) / 1000;
  }, 0);
