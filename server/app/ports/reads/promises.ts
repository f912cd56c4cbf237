import type { PromiseDeedView, PromiseSummary } from '../../../contract/http/promises.ts';
import type { Scope } from './scope.ts';

export interface PromiseReads {
  /** Whose promise it is; null when there is no such promise. */
  repOf(promiseId: number): Promise<{ id: number; teamId: number | null } | null>;
  /** The whole life of a promise, across all that it was moved to and from. */
  history(promiseId: number): Promise<PromiseDeedView[]>;
  /** @param days both inclusive, of the outcome */
  summary(
    scope: Scope,
    narrow: { repId?: number | undefined; teamId?: number | undefined },
    days: { from: string; to: string },
  ): Promise<PromiseSummary>;
}
