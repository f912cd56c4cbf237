import { percentile } from '../lib/row.ts';

export interface Load {
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** Asked in vain: so many were before them that they got no connection in time. */
  turnedAway: number;
}

/** So many workers ask one after another for some seconds; only what `ask` itself measures is counted as waiting. */
export async function underLoad(workers: number, seconds: number, ask: (worker: number) => Promise<number>): Promise<Load> {
  const waits: number[] = [];
  let turnedAway = 0;
  const startedMs = performance.now();
  const endMs = startedMs + seconds * 1000;
  await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      while (performance.now() < endMs) {
        try {
          waits.push(await ask(worker));
        } catch (error) {
          if (!(error instanceof Error) || !error.message.includes('timeout exceeded')) throw error;
          turnedAway += 1;
        }
      }
    }),
  );
  const took = (performance.now() - startedMs) / 1000;
  return { perSecond: waits.length / took, p50Ms: percentile(waits, 0.5), p99Ms: percentile(waits, 0.99), turnedAway };
}

/** Milliseconds that a step takes. */
export async function timed(step: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await step();
  return performance.now() - startedMs;
}
