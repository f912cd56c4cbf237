import type { SavedView, ViewPage } from '../../../contract/http/saved-views.ts';

export interface SavedViewReads {
  /** One's own and the shared ones of a table, by name. */
  views(userId: number, page: ViewPage): Promise<SavedView[]>;
  view(viewId: number): Promise<SavedView | null>;
}
