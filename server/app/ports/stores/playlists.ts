/** Playlists and their moments; who may change one is the use case's business. */
export interface PlaylistStore {
  create(name: string, createdById: number, now: Date): Promise<number>;
  rename(playlistId: number, name: string): Promise<void>;
  remove(playlistId: number): Promise<void>;
  /** Puts a moment at the end. */
  append(playlistId: number, moment: { recordingId: number; fromSecond: number; toSecond: number; note: string | null }): Promise<void>;
  /** Locks the playlist and answers its item ids in order, all of them. */
  lockItems(playlistId: number): Promise<number[]>;
  order(playlistId: number, itemIds: readonly number[]): Promise<void>;
  removeItem(playlistId: number, itemId: number): Promise<void>;
}
