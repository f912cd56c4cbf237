import { z } from 'zod';
import { idSchema } from '../http/common.ts';

/** Every job by name with what it carries; checked when it is enqueued and again before it runs. */
export const jobs = {
  'import.run': z.object({ importId: idSchema }),
  'recording.store': z.object({ callId: idSchema }),
  /** After a change of rules: every lead to its new place (app/queue/requeue.ts). */
  'queue.requeueAll': z.object({}),
  sweep: z.object({}),
} as const;
export type JobName = keyof typeof jobs;
export type JobPayload<Name extends JobName> = z.infer<(typeof jobs)[Name]>;
