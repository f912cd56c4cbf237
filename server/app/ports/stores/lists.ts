import type { DialMode, ListDialing } from '../../../contract/http/list-dialing.ts';
import type { ListStatus } from '../../../contract/http/lists.ts';

/** How the companies of a list are dialled; what is absent stays or takes its default. */
export interface DialingChange {
  mode?: DialMode | undefined;
  countdownSeconds?: number | undefined;
  lines?: number | undefined;
  capPercent?: number | undefined;
}

export interface ListFacts {
  id: number;
  name: string;
  priority: number;
  status: ListStatus;
  dialing: ListDialing;
  russianAdvertising: boolean;
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
  create(list: {
    name: string;
    priority: number;
    scriptId: number | null;
    skillId: number | null;
    createdById: number;
    dialing: DialingChange;
    russianAdvertising: boolean;
  }): Promise<number | null>;
  /** False when the name is taken. */
  change(
    listId: number,
    change: {
      name?: string;
      priority?: number;
      status?: ListStatus;
      scriptId?: number | null;
      skillId?: number | null;
      dialing?: DialingChange;
      russianAdvertising?: boolean;
    },
  ): Promise<boolean>;
  addCompanies(listId: number, companyIds: readonly number[], now: Date): Promise<void>;
  /** The same, and their leads are called from this list from now on, whatever list they were of. */
  moveCompanies(listId: number, companyIds: readonly number[], now: Date): Promise<void>;
  /** Enabled people who may be handed a list, of these. */
  callersOf(userIds: readonly number[]): Promise<number[]>;
  /** Replaces what is handed out from `today` on; what has passed stays. Answers what stood before. */
  replaceAssignments(listId: number, assignments: readonly ListAssignmentInput[], today: string): Promise<ListAssignmentInput[]>;
  /** Brings the leads of the list's companies into it: the newest hand-out wins. */
  takeLeads(listId: number): Promise<void>;
  companyIds(listId: number): Promise<number[]>;
  /** Who works the list on his own day of this instant, with how much he has promised already. */
  repsAtWork(listId: number, now: Date): Promise<{ repId: number; openPromises: number }[]>;
  openSourcePromises(promises: readonly SourcePromise[]): Promise<void>;
}
