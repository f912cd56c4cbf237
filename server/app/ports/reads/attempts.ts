import type { AttemptQuery, AttemptRow } from '../../../contract/http/attempts.ts';
import type { CallScope } from './calls.ts';

export interface AttemptReads {
  /** Newest first, one more than `limit` when there are more. */
  list(scope: CallScope, query: Omit<AttemptQuery, 'cursor'> & { after: number | undefined }): Promise<AttemptRow[]>;
}
