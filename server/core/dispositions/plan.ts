import type { DealStep } from '../funnel/default-funnel.ts';
import type { PromiseTimes } from '../promises/promise-times.ts';
import type { Retry } from '../retry/plan-retry.ts';

export type AttemptKind = 'reachDecisionMaker' | 'setMeeting' | 'holdMeeting' | 'close';
export type PromiseOrigin = 'callback' | 'offer' | 'meeting';

export interface PlannedTask {
  kind: 'sendOffer' | 'holdMeeting' | 'acceptHandoff';
  dueAt: Date;
  /** Whom the task goes to: the rep, the seller of the handoff, or the least loaded of those who may send offers. */
  to: 'rep' | 'seller' | 'leastLoaded';
}

/** Everything that follows from the outcome of a call, to be written in one transaction. */
export interface DispositionPlan {
  withDecisionMaker: boolean;
  /** A talk with a human: the company was in contact. */
  talked: boolean;
  attempts: readonly { kind: AttemptKind; yes: boolean }[];
  deal: DealStep | { kind: 'lose'; dealId: number; reason: string } | null;
  task: PlannedTask | null;
  promise: (PromiseTimes & { origin: PromiseOrigin }) | null;
  /** What becomes of the promise that was open. */
  openPromise: 'none' | 'keep' | 'fulfil' | 'move' | 'withdraw';
  meeting: { startsAt: Date } | null;
  /** When the lead may be dialled again when nothing was agreed. */
  retry: Retry | null;
  /** A next step was agreed or refused: the count of tries starts anew. */
  resetTries: boolean;
  retirePhone: 'wrongNumber' | 'invalidNumber' | null;
  notNowUntil: string | null;
  statusReason: string | null;
  kill: boolean;
  /** It was at rest or struck off, called by itself and agreed the next contact: it is worked with again. */
  backToWork: boolean;
  handOver: boolean;
  /** The contact talked to turned out to be the decision maker. */
  newDecisionMaker: boolean;
}
