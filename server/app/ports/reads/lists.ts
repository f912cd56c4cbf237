import type { ListCaller, ListEntryView, ListView } from '../../../contract/http/lists.ts';
import type { AssignedDays } from '../../../core/lists/assign-days.ts';
import type { ColdCount, DryList } from '../../../core/lists/run-dry.ts';

/** Null shows every list; a team only those that its people work. */
export interface ListReads {
  lists(filter: { teamId: number | null; listId?: number }, today: string, now: Date): Promise<ListView[]>;
  entries(listId: number, page: { after: number; limit: number }): Promise<ListEntryView[]>;
  callers(teamId: number | null, today: string): Promise<ListCaller[]>;
  /** Active lists with their never dialled companies that may be called, now or later. */
  coldLists(): Promise<DryList[]>;
  /** Who works the active lists today and later. */
  assigned(today: string): Promise<(AssignedDays & { listId: number })[]>;
  /** How often each rep dialled each region since a day. */
  regionDials(since: string): Promise<{ repId: number; regionId: number; dials: number }[]>;
  /** Cold dials of each rep since a day, and on how many days he dialled at all. */
  coldDials(since: string): Promise<ColdCount[]>;
}
