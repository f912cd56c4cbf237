import { chanceOfNobody, patienceSeconds, type Floor, type LineRates } from '../pacing/chance-of-nobody.ts';
import { firstThreshold, linesToDial, steer } from '../pacing/pace.ts';
import { exponential, type Chance } from './chance.ts';

/** A way of deciding how many lines to dial. */
export interface Pacing {
  name: string;
  /** Lines to dial now on top of those that ring. */
  dial: (floor: Floor) => number;
  /** A human answered; `abandoned` when nobody was there for him. */
  learn?: (abandoned: boolean) => void;
  /** Asked every so many seconds of the day, by ways that think in rounds. */
  round?: { everySeconds: number; think: (floor: Floor) => void };
}

export interface PacedDepartment {
  reps: number;
  hours: number;
  rates: LineRates;
  chance: Chance;
}

export interface PacedDay {
  /** Share of the reps' time in talks and wrap-ups, in percent. */
  utilisationPercent: number;
  /** Of human answers, those that met nobody within two seconds, in percent. */
  abandonedPercent: number;
  answered: number;
}

const noEvent = Number.POSITIVE_INFINITY;

/** A day of a department whose only work is cold calls: who talks, who waits, whom nobody met. The same chance gives the same day. */
export function simulatePacing({ reps, hours, rates, chance }: PacedDepartment, pacing: Pacing): PacedDay {
  const floor: Floor = { free: reps, talking: 0, wrappingUp: 0, ringing: 0, waiting: 0 };
  const patienceEnds: number[] = [];
  const end = hours * 3600;
  let now = 0;
  let nextRound = pacing.round ? 0 : noEvent;
  let busySeconds = 0;
  let [answered, abandoned] = [0, 0];
  const settle = (isAbandoned: boolean): void => {
    answered += 1;
    if (isAbandoned) abandoned += 1;
    pacing.learn?.(isAbandoned);
  };
  /** Who waits and who is free meet. */
  const join = (): void => {
    while (floor.free > 0 && patienceEnds.length > 0) {
      patienceEnds.shift();
      floor.free -= 1;
      floor.talking += 1;
      settle(false);
    }
    floor.waiting = patienceEnds.length;
  };
  while (now < end) {
    floor.ringing += pacing.dial(floor);
    const speeds = [floor.ringing / rates.ringSeconds, floor.talking / rates.talkSeconds, floor.wrappingUp / rates.wrapUpSeconds] as const;
    const all = speeds[0] + speeds[1] + speeds[2];
    const happensAt = all === 0 ? noEvent : now + exponential(chance, 1 / all);
    const at = Math.min(happensAt, patienceEnds[0] ?? noEvent, nextRound, end);
    busySeconds += (floor.talking + floor.wrappingUp) * (at - now);
    now = at;
    if (at === nextRound && pacing.round) {
      pacing.round.think(floor);
      nextRound += pacing.round.everySeconds;
    } else if (at === patienceEnds[0]) {
      patienceEnds.shift();
      settle(true);
    } else if (at === happensAt) {
      const which = chance() * all;
      if (which < speeds[0]) {
        floor.ringing -= 1;
        if (chance() < rates.answerShare) patienceEnds.push(now + patienceSeconds);
      } else if (which < speeds[0] + speeds[1]) {
        floor.talking -= 1;
        floor.wrappingUp += 1;
      } else {
        floor.wrappingUp -= 1;
        floor.free += 1;
      }
    }
    join();
  }
  return {
    utilisationPercent: (100 * busySeconds) / (reps * end),
    abandonedPercent: (100 * abandoned) / Math.max(1, answered),
    answered,
  };
}

/** So many lines for each rep who waits; nobody looks at what comes of them. */
export const linesPerFreeRep = (lines: number, name: string): Pacing => ({
  name,
  dial: (floor) => Math.max(0, lines * floor.free - floor.ringing),
});

/** The chance of the next line to meet nobody; a simulated day comes to the same floor again and again. */
export function rememberedChance(rates: LineRates): (floor: Floor) => number {
  const known = new Map<string, number>();
  return (floor) => {
    const key = `${floor.free - floor.waiting} ${floor.talking} ${floor.wrappingUp} ${floor.ringing}`;
    const chance = known.get(key) ?? chanceOfNobody(floor, rates);
    known.set(key, chance);
    return chance;
  };
}

interface Newsvendor {
  name: string;
  chance: (floor: Floor) => number;
  /** Lines at once in all. */
  most: number;
}

/** Our pace with a threshold that stays. */
export const fixedThreshold = (threshold: number, { name, chance, most }: Newsvendor): Pacing => ({
  name,
  dial: (floor) => linesToDial(floor, threshold, most, chance),
});

/** Our pace: the threshold follows what happens, so that the abandoned share is the cap. */
export function selfTuning(capPercent: number, { name, chance, most }: Newsvendor): Pacing {
  let threshold = firstThreshold(capPercent);
  return {
    name,
    dial: (floor) => linesToDial(floor, threshold, most, chance),
    learn: (abandoned) => {
      threshold = steer(threshold, abandoned, capPercent);
    },
  };
}

/**
 * The adaptive way of the market's leading open-source dialler, by its documented defaults: a level of lines per rep, those in calls
 * counted, between 1.0 and 3.0, thought over every fifteen seconds; it rises by the share of reps who wait and snaps back to 1.0
 * while more than three percent of the day's answers were dropped.
 */
export function hardLimitAdaptive(capPercent: number, reps: number, name: string): Pacing {
  const highestLevel = 3;
  let level = 1;
  let [answered, dropped] = [0, 0];
  return {
    name,
    dial: ({ free, talking, ringing, waiting }) => Math.max(0, Math.floor(level * (free + talking)) - talking - ringing - waiting),
    learn: (abandoned) => {
      answered += 1;
      if (abandoned) dropped += 1;
    },
    round: {
      everySeconds: 15,
      think: ({ free }) => {
        const isOver = dropped > (capPercent / 100) * answered;
        level = isOver ? 1 : Math.min(highestLevel, level * (1 + free / reps));
      },
    },
  };
}
