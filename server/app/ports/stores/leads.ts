import type { Scope } from '../reads/scope.ts';

export interface ExhaustedFacts {
  leadId: number;
  companyId: number;
  /** A number in use that may be called. */
  hasPhone: boolean;
}

export interface LeadStore {
  /** Those of these leads that are exhausted and inside the scope, locked. */
  lockExhausted(scope: Scope, leadIds: readonly number[]): Promise<ExhaustedFacts[]>;
  /** Forgets the tries of these leads. */
  tryAnew(leadIds: readonly number[]): Promise<void>;
}
