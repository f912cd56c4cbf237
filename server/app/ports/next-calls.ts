import type { Reason } from '../../contract/http/queue.ts';
import type { Announcement } from './bus.ts';
import type { Desk, OrderedLead, QueueQuestion, SeenLead } from './stores/queue.ts';

/** A lead that was taken, and what stood beside it at that moment. */
export interface TakenLead {
  lead: OrderedLead;
  /** Who would have been taken otherwise. */
  next: OrderedLead | null;
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

/** A rep who asks, with his local day as "2026-11-29". */
export interface NextCallAsk {
  repId: number;
  day: string;
  at: Date;
}

/** What the rules make of a rep's desk: whom he may be given, for how long, and the words for whom he gets. */
export interface NextCallDecision {
  question: QueueQuestion;
  leaseUntil: Date;
  explain: (taken: TakenLead) => ClaimWords;
}

/** The hottest path of the product, in as few round trips to the base as it has decisions. */
export interface NextCalls {
  /**
   * One transaction: what decides for the rep is read and `decide` asked; then what he holds already with its lease renewed, else the
   * first lead of the queue that nobody else is taking, with the words that `explain` finds for it. Two requests of one rep wait for each
   * other and get the same. `decide` may be asked again when the transaction has to be.
   */
  take(ask: NextCallAsk, decide: (desk: Desk) => Promise<NextCallDecision>): Promise<NextCallAnswer>;
}
