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

/** What a rep asks of the queue, and what is written when he gets somebody. */
export interface NextCallChoice {
  question: QueueQuestion;
  leaseUntil: Date;
  explain: (taken: TakenLead) => ClaimWords;
}

/** A rep who asks, with his local day as "2026-11-29". */
export interface NextCallAsk {
  repId: number;
  day: string;
  at: Date;
  /** Finds the question by what decides for him. Asked anew when the transaction is run again; what it throws is told to this rep alone. */
  choose: (desk: Desk) => NextCallChoice | Promise<NextCallChoice>;
}

/** The hottest path of the product, in as few round trips to the base as it has decisions. */
export interface NextCalls {
  /**
   * One transaction: what the rep holds already with its lease renewed, else the first lead of the queue that nobody else is taking,
   * with the words that his choice finds for it. Two requests of one rep wait for each other and get the same.
   */
  take(ask: NextCallAsk): Promise<NextCallAnswer>;
}
