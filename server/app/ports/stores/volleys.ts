import type { DialMode } from '../../../contract/http/list-dialing.ts';
import type { VolleyView } from '../../../contract/http/volleys.ts';
import type { VolleyLine, VolleyState } from '../../../core/dialing/volley.ts';
import type { ListPace } from '../../../core/pacing/pace.ts';
import type { Actor } from '../actor.ts';
import type { SeenLead, QueueQuestion } from './queue.ts';

export interface VolleyRecord extends VolleyState {
  id: number;
  repId: number;
  listId: number;
  endedAt: Date | null;
}

/** What decides how many lines a rep gets on a list. */
export interface ListPaceFacts extends ListPace {
  mode: DialMode;
}

export interface VolleyStore {
  /** Null when lines of the rep ring already. */
  create(volley: { repId: number; listId: number; idempotencyKey: string; startedAt: Date }): Promise<number | null>;
  withKey(repId: number, idempotencyKey: string): Promise<number | null>;
  /** The rep's volley that is not over. */
  openOf(repId: number): Promise<number | null>;
  /** All volleys that are not over. */
  open(): Promise<number[]>;
  /** The volley with its lines, all their rows locked until the transaction ends: the volley, then leads, then calls. */
  lock(volleyId: number): Promise<{ volley: VolleyRecord; rep: Actor; lines: VolleyLine[] } | null>;
  save(volleyId: number, volley: Partial<Pick<VolleyRecord, 'winnerId' | 'settledAt' | 'canceledAt' | 'endedAt'>>): Promise<void>;
  /** The call becomes the rep's own and its lead his card. False when a call with the company came in between. */
  makeOwn(callId: number): Promise<boolean>;
  /** The carrier has brought the rep's own call to his headset. Nothing is written of one that is counted as having met nobody. */
  saveJoined(callId: number, at: Date): Promise<void>;
  /** Back among the lines: it was a machine, or gone before it was joined. */
  makeLine(callId: number): Promise<void>;
  saveAbandoned(callId: number, at: Date): Promise<void>;
  /** The card that the rep holds becomes the first line. */
  takeCard(volleyId: number, leadId: number): Promise<void>;
  /** Claims the next cold leads of the list that nobody else is taking, in their order, as lines; at most so many. */
  takeLines(volleyId: number, question: QueueQuestion, wanted: { listId: number; count: number; leaseUntil: Date }): Promise<SeenLead[]>;
  /** The list's row stays locked until the transaction ends, so that two reps do not both use what the cap still leaves. */
  lockPace(listId: number, now: Date): Promise<ListPaceFacts | null>;
  saveThreshold(listId: number, threshold: number): Promise<void>;
  view(volleyId: number): Promise<VolleyView>;
}
