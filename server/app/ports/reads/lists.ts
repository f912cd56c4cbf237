import type { ListEntryView, ListView } from '../../../contract/http/lists.ts';

/** Null shows every list; a team only those that its people work. */
export interface ListReads {
  lists(filter: { teamId: number | null; listId?: number }, today: string): Promise<ListView[]>;
  entries(listId: number, page: { after: number; limit: number }): Promise<ListEntryView[]>;
  callers(teamId: number | null, today: string): Promise<{ id: number; name: string; team: string | null; lists: number }[]>;
}
