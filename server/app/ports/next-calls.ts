import type { Reason } from '../../contract/http/queue.ts';
import type { Announcement } from './bus.ts';
import type { Desk, QueueQuestion, SeenLead } from './stores/queue.ts';

/** A lead that was taken, and what stood beside it at that moment. */
export interface TakenLead {
  lead: SeenLead;
  /** Who would have been taken otherwise. */
  next: SeenLead | null;
  /** Obligations whose time has come but which nobody may call now, the most pressing first. */
  owed: readonly SeenLead[];
}

export type NextCallAnswer =
  | { kind: 'none' }
  /** A call of the rep that is live, or has no outcome yet, stands in the way. */
  | { kind: 'open'; live: boolean }
  | { kind: 'held'; leadId: number; companyId: number; reason: Reason; claimedAt: Date };

/** What is written with a claim, in its transaction. */
export interface ClaimWords {
  reason: Reason;
  announcements: readonly Announcement[];
  /** Reps whose live rows changed. */
  boardRows: readonly number[];
}

/** The hottest path of the product, in as few round trips to the base as it has decisions. */
export interface NextCalls {
  /** What decides for one rep on his day. */
  desk(repId: number, day: string, at: Date): Promise<Desk>;
  /**
   * One transaction: what the rep holds already with its lease renewed, else the first lead of the queue that nobody else is taking,
   * with the words that `explain` finds for it. Two requests of one rep wait for each other and get the same.
   */
  take(question: QueueQuestion, leaseUntil: Date, explain: (taken: TakenLead) => ClaimWords): Promise<NextCallAnswer>;
}
