import type { ListStatus } from '../../../contract/http/lists.ts';

export interface ListFacts {
  id: number;
  name: string;
  priority: number;
  status: ListStatus;
}

export interface ListAssignmentInput {
  repId: number;
  /** Days, both inclusive. */
  startsOn: string;
  endsOn: string;
}

export interface SourcePromise {
  companyId: number;
  repId: number;
  localTime: string;
  timeZone: string;
  startsAt: Date;
  promisedAt: Date;
  deadlineAt: Date;
}

export interface ListStore {
  find(listId: number): Promise<ListFacts | null>;
  /** Null when the name is taken. */
  create(list: { name: string; priority: number; scriptId: number | null; createdById: number }): Promise<number | null>;
  /** False when the name is taken. */
  change(listId: number, change: { name?: string; priority?: number; status?: ListStatus; scriptId?: number | null }): Promise<boolean>;
  addCompanies(listId: number, companyIds: readonly number[], now: Date): Promise<void>;
  /** The same, and their leads are called from this list from now on, whatever list they were of. */
  moveCompanies(listId: number, companyIds: readonly number[], now: Date): Promise<void>;
  /** Enabled people who may be handed a list, of these. */
  callersOf(userIds: readonly number[]): Promise<number[]>;
  /** Replaces what is handed out from `today` on; what has passed stays. */
  replaceAssignments(listId: number, assignments: readonly ListAssignmentInput[], today: string): Promise<void>;
  /** Brings the leads of the list's companies into it: the newest hand-out wins. */
  takeLeads(listId: number): Promise<void>;
  companyIds(listId: number): Promise<number[]>;
  /** Who works the list on his own day of this instant, with how much he has promised already. */
  repsAtWork(listId: number, now: Date): Promise<{ repId: number; openPromises: number }[]>;
  openSourcePromises(promises: readonly SourcePromise[]): Promise<void>;
}
