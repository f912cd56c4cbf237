import type { DealDetails, DealFilter, DealRow, DealSum, FunnelView } from '../../../contract/http/deals.ts';
import type { Scope } from './scope.ts';

export interface DealQuestion {
  scope: Scope;
  status: 'open' | 'won' | 'lost';
  stageId?: number | undefined;
  ownerId?: number | undefined;
  category?: 'A' | 'B' | 'C' | undefined;
  companyId?: number | undefined;
  after?: { stageSince: Date; id: number } | undefined;
  limit: number;
  now: Date;
}

export interface DealReads {
  /** Longest in their stage first, one more than `limit` when there are more. */
  deals(question: DealQuestion): Promise<DealRow[]>;
  /** Of the open ones, by stage and category; what is empty is left out. */
  sums(question: DealFilter & { scope: Scope; now: Date }): Promise<DealSum[]>;
  deal(dealId: number, now: Date): Promise<DealRow | null>;
  moves(dealId: number): Promise<DealDetails['moves']>;
  funnels(): Promise<FunnelView[]>;
}
