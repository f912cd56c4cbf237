import type { Scope } from '../reads/scope.ts';

export interface LeadStore {
  /** Forgets the tries of exhausted leads inside the scope; answers the companies to be placed. */
  returnExhausted(scope: Scope, leadIds: readonly number[]): Promise<number[]>;
}
