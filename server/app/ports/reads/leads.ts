import type { ExhaustedLead } from '../../../contract/http/leads.ts';
import type { Scope } from './scope.ts';

export interface LeadReads {
  /** Exhausted leads, the latest first, one more than `limit` when there are more. */
  exhausted(query: {
    scope: Scope;
    listId: number | undefined;
    reason: ExhaustedLead['reason'] | undefined;
    after: { exhaustedAt: Date; leadId: number } | undefined;
    limit: number;
  }): Promise<ExhaustedLead[]>;
}
