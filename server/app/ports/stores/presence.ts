import type { PresenceState } from '../../../contract/http/kpi.ts';

export interface PresenceStore {
  /** Sets or refreshes; `since` moves only when the state changes. True when it changed. */
  set(userId: number, state: PresenceState, now: Date, leaseUntil: Date): Promise<{ changed: boolean }>;
  /** Cuts the lease of who has gone silent. */
  shortenLease(userId: number, leaseUntil: Date): Promise<void>;
  /** Ends leases that ran out; answers whose. */
  expire(now: Date): Promise<number[]>;
}
