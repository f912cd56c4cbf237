import type { JobName, JobPayload } from '../../contract/jobs/index.ts';

export interface EnqueueOptions {
  /** How long the job waits before it may run, milliseconds; it can be later, never earlier. */
  delayMs?: number;
  /** A job with the id of one that is still known is not added again. Must hold a letter and no colon. */
  jobId?: string;
}

/**
 * Work to be done after this request, by any node, at least once: handlers must bear running twice.
 * A job can be late or lost with its store; what must happen is guaranteed by the sweep over PostgreSQL.
 */
export interface Jobs {
  /** @throws ZodError when the payload is not what the job's schema asks for */
  enqueue<Name extends JobName>(name: Name, payload: JobPayload<Name>, options?: EnqueueOptions): Promise<void>;
}
