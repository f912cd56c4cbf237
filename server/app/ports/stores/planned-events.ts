import type { NewPlan } from '../../../contract/http/matrix.ts';

export interface PlannedEventStore {
  create(companyId: number, plan: NewPlan, authorId: number): Promise<number>;
  /** Null when there is none. */
  companyOf(eventId: number): Promise<number | null>;
  /** False when it was taken away meanwhile. */
  remove(eventId: number): Promise<boolean>;
}
