import type { BoardRow } from '../../../contract/http/kpi.ts';
import type { Counts, Dimensions } from '../../../core/kpi/metrics.ts';

export interface KpiStore {
  add(dimensions: Dimensions, counts: Counts): Promise<void>;
  /** The next number of one audience's board: a team's, or 0 for those who watch all. The row stays locked until the commit, so numbers leave in order. */
  nextSequence(audience: number): Promise<number>;
  /** The live rows of these reps as the transaction sees them. */
  boardRows(repIds: readonly number[], now: Date): Promise<BoardRow[]>;
  /** Replaces all counters by what the ledger says. */
  rebuild(): Promise<void>;
}
