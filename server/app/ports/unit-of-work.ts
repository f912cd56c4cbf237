import type { Stores } from './stores/index.ts';

/** One transaction for one thing that happened. What `work` announces is told to sockets and jobs only after the commit. */
export interface UnitOfWork {
  run<Result>(work: (stores: Stores) => Promise<Result>): Promise<Result>;
}
