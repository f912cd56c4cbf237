import type { PromiseView } from '../../../contract/http/company-card.ts';
import type { PromiseTimes, PromiseVerdict } from '../../../core/promises/promise-times.ts';
import type { CallDimensions } from './calls.ts';

export interface OpenPromise {
  id: number;
  companyId: number;
  repId: number;
  timeZone: string;
  startsAt: Date;
  promisedAt: Date;
  deadlineAt: Date;
  outcome: 'pending' | PromiseVerdict;
}

/** A promise whose day ended without a dial, with what its outcome is counted by. */
export interface UndialledPromise extends OpenPromise {
  repTimeZone: string;
  teamId: number | null;
  listId: number | null;
  channelId: number | null;
  sourceId: number | null;
}

export interface NewPromise extends PromiseTimes {
  companyId: number;
  contactId: number | null;
  repId: number;
  madeInCallId: number | null;
  origin: 'callback' | 'offer' | 'meeting' | 'inbound' | 'source' | 'manual' | 'abandoned';
  overCapacity: boolean;
  note: string | null;
  createdAt: Date;
}

/** A deed of people on an open promise, for its history. */
export interface PromiseDeed {
  kind: 'moved' | 'handedOver' | 'withdrawn' | 'fulfilledByInbound';
  at: Date;
  /** Null when the prospect did it by calling. */
  byUserId: number | null;
  reason: string;
  callId?: number | null;
  toRepId?: number;
  toPromiseId?: number;
}

/** A promise with all that closing it or putting another in its place needs. */
export interface WholePromise extends UndialledPromise {
  contactId: number | null;
  madeInCallId: number | null;
  origin: NewPromise['origin'];
  status: 'open' | 'fulfilled' | 'moved' | 'withdrawn';
  note: string | null;
}

export interface PromiseStore {
  /** Any promise, its row locked until the transaction ends. */
  lock(promiseId: number): Promise<WholePromise | null>;
  /** Appends to the history of a promise; it stands as it is when this is written. */
  record(promiseId: number, deed: PromiseDeed): Promise<void>;
  setRep(promiseId: number, repId: number): Promise<void>;
  /**
   * Gives open promises of one rep to others, a company's to its owner when he is among them, the rest spread by how many each has.
   * @param before only those whose time comes before it; null for all
   * @returns the companies whose leads have to be placed anew
   */
  handOver(
    fromRepId: number,
    deed: { takerIds: readonly number[]; byUserId: number; reason: string; at: Date; before: Date | null },
  ): Promise<number[]>;
  view(promiseId: number): Promise<PromiseView>;
  /** The company's open promise, locked until the transaction ends. */
  openOf(companyId: number): Promise<OpenPromise | null>;
  create(promise: NewPromise): Promise<PromiseView>;
  close(promiseId: number, how: { status: 'fulfilled' | 'moved' | 'withdrawn'; at: Date; callId: number | null }): Promise<void>;
  /** Names the promise that took the place of a moved one, and writes that into its history. */
  saveMovedTo(
    promiseId: number,
    to: { promiseId: number; byUserId: number | null; reason: string; at: Date; callId?: number },
  ): Promise<void>;
  /** The outcome is written once, for whose promise it was; later dials and takers do not change it. */
  saveOutcome(
    promiseId: number,
    outcome: { verdict: PromiseVerdict; dialledAt: Date | null; repId: number } & CallDimensions,
  ): Promise<void>;
  /** Open, never dialled, past their deadline, of companies without a live call; locked. */
  undialled(now: Date): Promise<UndialledPromise[]>;
  /** Exact times promised by a rep in a span. */
  exactTimesOf(repId: number, from: Date, to: Date): Promise<Date[]>;
  /** Open promises whose time comes within a span, with their reps, for the notice. */
  comingUp(from: Date, to: Date): Promise<{ promiseId: number; repId: number; companyId: number; companyName: string; promisedAt: Date }[]>;
}
