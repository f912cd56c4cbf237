import { setTimeout as pause } from 'node:timers/promises';
import { percentile, rounded, type Bench } from '../lib/row.ts';

export interface Load {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Asked in vain: the queue had nobody for them, or so many were before them that they got no connection in time. */
  turnedAway: number;
}

/** Waits that were measured, as one load. */
const loadOf = (waits: readonly number[], tookMs: number, turnedAway: number): Load => ({
  perSecond: (waits.length * 1000) / tookMs,
  p50Ms: percentile(waits, 0.5),
  p99Ms: percentile(waits, 0.99),
  turnedAway,
});

export interface Round {
  /** So many are asked for in one round; what stands between rounds is not measured. */
  size: number;
  /** Answers whether it was served. */
  ask: (index: number) => Promise<boolean>;
  /** Puts the stage as it was: gives back, fills up. */
  between: () => Promise<void>;
  /** How many rounds only warm up. */
  warmUps: number;
}

/** So many workers go through round after round until the rounds alone took so many seconds. */
export async function underLoad(workers: number, seconds: number, { size, ask, between, warmUps }: Round): Promise<Load> {
  const waits: number[] = [];
  let turnedAway = 0;
  let tookMs = 0;
  for (let round = 0; tookMs < seconds * 1000; round += 1) {
    const isMeasured = round >= warmUps;
    let asked = 0;
    const startedMs = performance.now();
    await Promise.all(
      Array.from({ length: workers }, async () => {
        while (asked < size) {
          const index = asked;
          asked += 1;
          const askedMs = performance.now();
          const served = await ask(index);
          if (!isMeasured) continue;
          if (served) waits.push(performance.now() - askedMs);
          else turnedAway += 1;
        }
      }),
    );
    if (isMeasured) tookMs += performance.now() - startedMs;
    await between();
  }
  return loadOf(waits, tookMs, turnedAway);
}

/** The pace of a department: so many ask each second, whether those before them were served or not. */
export async function atPace(perSecond: number, seconds: number, { size, ask, between }: Round): Promise<Load> {
  const waits: number[] = [];
  let turnedAway = 0;
  for (let asked = 0; asked < perSecond * seconds; asked += size) {
    await Promise.all(
      Array.from({ length: Math.min(size, perSecond * seconds - asked) }, async (_, index) => {
        await pause((index * 1000) / perSecond);
        const askedMs = performance.now();
        if (await ask(index)) waits.push(performance.now() - askedMs);
        else turnedAway += 1;
      }),
    );
    await between();
  }
  return loadOf(waits, seconds * 1000, turnedAway);
}

/** The figures of one load as rows, with their ratio to what they stand against. */
export function tell(row: Bench['row'], name: string, load: Load, against?: { name: string; load: Load }): void {
  const compared = against ? { ratio: rounded(load.perSecond / against.load.perSecond, 3), against: against.name } : {};
  row({ case: name, metric: 'per second', value: rounded(load.perSecond), unit: '1/s', ...compared });
  row({ case: name, metric: 'p50', value: rounded(load.p50Ms, 2), unit: 'ms' });
  row({ case: name, metric: 'p99', value: rounded(load.p99Ms, 2), unit: 'ms' });
  if (load.turnedAway > 0) row({ case: name, metric: 'turned away', value: load.turnedAway, unit: 'times' });
}
