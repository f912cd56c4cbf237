import type { NewSavedView } from '../../../contract/http/saved-views.ts';

export interface SavedViewStore {
  /** Replaces the owner's view of the same table and name. */
  save(ownerId: number, view: NewSavedView): Promise<number>;
  /** False when it is not there, or is neither his own nor a shared one that he may remove. */
  remove(viewId: number, by: { ownerId: number; anyShared: boolean }): Promise<boolean>;
}
