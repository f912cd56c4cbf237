import type { ExhaustedLead } from '../../../contract/http/leads.ts';
import type { Scope } from './scope.ts';

export interface ExhaustedQuery {
  scope: Scope;
  listId: number | undefined;
  reason: ExhaustedLead['reason'] | undefined;
  /** Today; a company that rests until a later day needs no decision. */
  today: string;
  after: { exhaustedAt: Date; leadId: number } | undefined;
  limit: number;
}

export interface LeadReads {
  /** Exhausted leads that wait for a decision, the latest first, one more than `limit` when there are more. */
  exhausted(query: ExhaustedQuery): Promise<ExhaustedLead[]>;
  countExhausted(query: Pick<ExhaustedQuery, 'scope' | 'listId' | 'reason' | 'today'>): Promise<number>;
}
