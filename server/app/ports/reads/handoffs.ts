import type { HandoffView } from '../../../contract/http/handoffs.ts';

export type HandoffScope =
  | { kind: 'all' }
  | { kind: 'team'; teamId: number }
  | { kind: 'from'; repId: number }
  | { kind: 'to'; sellerId: number };

export interface HandoffQuestion {
  scope: HandoffScope;
  status?: 'pending' | 'accepted' | 'returned' | undefined;
  /** Only pending ones opened before. */
  pendingSinceBefore?: Date | undefined;
  offset: number;
  limit: number;
}

export type HandoffRow = Omit<HandoffView, 'untouched' | 'mayDecide'>;

export interface HandoffReads {
  /** Pending ones first and oldest on top, then the decided ones, newest first; one more than `limit` when there are more. */
  handoffs(question: HandoffQuestion): Promise<HandoffRow[]>;
  handoff(handoffId: number): Promise<HandoffRow | null>;
}
