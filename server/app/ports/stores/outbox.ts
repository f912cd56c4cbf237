import type { JobName, JobPayload } from '../../../contract/jobs/index.ts';
import type { ServerEventName } from '../../../contract/sockets/index.ts';
import type { Announcement } from '../bus.ts';

/** Events that follow from the transaction; they leave after the commit, at least once. */
export interface OutboxStore {
  announce<Name extends ServerEventName>(announcement: Announcement<Name>): Promise<void>;
  /** The live rows of these reps changed; the board's publisher gathers such words. */
  boardChanged(repIds: readonly number[]): Promise<void>;
  enqueue<Name extends JobName>(job: { name: Name; payload: JobPayload<Name>; delayMs?: number }): Promise<void>;
}
