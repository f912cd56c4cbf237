import type { DayChanges, DayPlan } from '../../core/simulation/day-plan.ts';
import type { ComparedDays } from '../../core/simulation/day.ts';

export interface DayToPlay {
  plan: DayPlan;
  changes: DayChanges | null;
  runs: number;
  seed: number;
}

export interface Watch {
  /** Nobody waits for the answer any more. */
  signal: AbortSignal;
  /** @param share of the whole, 0 to 1 */
  onProgress: (share: number) => void;
}

/** Plays days (core/simulation/day.ts) where they keep no call waiting. */
export interface DaySimulator {
  /** @throws the signal's reason once it is aborted */
  compare(day: DayToPlay, watch: Watch): Promise<ComparedDays>;
}
