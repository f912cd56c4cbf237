import type { OpenPromiseRow, PromiseDeedView, PromiseSummary } from '../../../contract/http/promises.ts';
import type { CallScope } from './calls.ts';

/** Whose promises are meant, of those that may be seen. */
export interface PromiseNarrow {
  repId?: number | undefined;
  teamId?: number | undefined;
}

export interface PromiseReads {
  /** Whose promise it is; null when there is no such promise. */
  repOf(promiseId: number): Promise<{ id: number; teamId: number | null } | null>;
  /** The whole life of a promise, across all that it was moved to and from. */
  history(promiseId: number): Promise<PromiseDeedView[]>;
  /** @param days both inclusive, of the outcome */
  summary(scope: CallScope, narrow: PromiseNarrow, days: { from: string; to: string }): Promise<PromiseSummary>;
  /** The earliest deadlines first, one more than `limit` when there are more; `after` is the last row's deadline and id. */
  open(
    scope: CallScope,
    narrow: PromiseNarrow,
    page: { after: { deadlineAt: Date; id: number } | undefined; limit: number },
  ): Promise<OpenPromiseRow[]>;
  countOpen(scope: CallScope, narrow: PromiseNarrow): Promise<number>;
}
