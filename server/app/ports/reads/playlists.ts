import type { Playlist, PlaylistSummary } from '../../../contract/http/playlists.ts';
import type { Scope } from './scope.ts';

export interface PlaylistReads {
  /** Newest first; only those of one person when `createdById` is given. Counts what lies in the scope. */
  list(scope: Scope, createdById: number | undefined): Promise<PlaylistSummary[]>;
  /** With the moments that lie in the scope. */
  one(playlistId: number, scope: Scope): Promise<Playlist | null>;
}
