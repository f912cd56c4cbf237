// A process that plays days: started by forked-days.ts, given one day after the other, says how far each is and what came of it.
import type { DayToPlay } from '../../app/ports/day-simulator.ts';
import { compareDays, type ComparedDays } from '../../core/simulation/day.ts';

/** What the process says. */
export type ProcessWord = { kind: 'progress'; share: number } | { kind: 'done'; days: ComparedDays } | { kind: 'failed'; reason: string };

const say = (word: ProcessWord): void => {
  process.send?.(word);
};

process.on('message', ({ plan, changes, runs, seed }: DayToPlay) => {
  const onProgress = (share: number): void => {
    say({ kind: 'progress', share });
  };
  try {
    say({ kind: 'done', days: compareDays(plan, changes, { runs, seed, onProgress }) });
  } catch (error) {
    say({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
