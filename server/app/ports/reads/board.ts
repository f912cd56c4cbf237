import type { BoardSnapshot } from '../../../contract/http/kpi.ts';

export interface BoardReads {
  /** Rows and the number of the last update in them, read as of one moment. `teamId` null means every team. */
  snapshot(scope: { audience: number; teamId: number | null }, now: Date): Promise<BoardSnapshot>;
}
