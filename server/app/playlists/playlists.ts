import type { NewPlaylistItem, Playlist, PlaylistSummary } from '../../contract/http/playlists.ts';
import { seesEveryone, type Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import { invalid, notFound } from '../problem.ts';
import { widestScope } from '../scope.ts';

type PlaylistContext = AppContext & { reads: Pick<Reads, 'playlists' | 'recordings'> };

/** A lead's own playlists; heads and admins see all. */
export function listPlaylists(app: PlaylistContext, actor: Actor): Promise<PlaylistSummary[]> {
  return app.reads.playlists.list(widestScope(actor), seesEveryone(actor) ? undefined : actor.id);
}

/** @throws Refused 404 for an absent one and for one of others alike */
export async function getPlaylist(app: PlaylistContext, actor: Actor, playlistId: number): Promise<Playlist> {
  const playlist = await app.reads.playlists.one(playlistId, widestScope(actor));
  if (playlist === null || (playlist.createdBy.id !== actor.id && !seesEveryone(actor))) throw notFound('playlist');
  return playlist;
}

export async function createPlaylist(app: PlaylistContext, actor: Actor, name: string): Promise<Playlist> {
  const id = await app.unitOfWork.run((stores) => stores.playlists.create(name, actor.id, app.clock.now()));
  return getPlaylist(app, actor, id);
}

/** @throws Refused 404 */
export async function renamePlaylist(app: PlaylistContext, actor: Actor, playlistId: number, name: string): Promise<Playlist> {
  await getPlaylist(app, actor, playlistId);
  await app.unitOfWork.run((stores) => stores.playlists.rename(playlistId, name));
  return getPlaylist(app, actor, playlistId);
}

/** Removes a playlist; its recordings stay. @throws Refused 404 */
export async function deletePlaylist(app: PlaylistContext, actor: Actor, playlistId: number): Promise<void> {
  await getPlaylist(app, actor, playlistId);
  await app.unitOfWork.run((stores) => stores.playlists.remove(playlistId));
}

/** Puts a moment at the end. @throws Refused 404 for a recording that the actor may not hear; 422 when it is shorter */
export async function addPlaylistItem(app: PlaylistContext, actor: Actor, playlistId: number, moment: NewPlaylistItem): Promise<Playlist> {
  await getPlaylist(app, actor, playlistId);
  const recording = await app.reads.recordings.file(moment.recordingId, widestScope(actor));
  if (recording === null) throw notFound('recording');
  if (recording.durationSeconds !== null && moment.fromSecond >= recording.durationSeconds)
    throw invalid('fromSecond', 'afterTheEnd', 'the recording is shorter');
  await app.unitOfWork.run((stores) => stores.playlists.append(playlistId, { ...moment, note: moment.note || null }));
  return getPlaylist(app, actor, playlistId);
}

/** Moments that the actor does not see keep their place at the end. @throws Refused 404; 422 when the ids are not the playlist's */
export async function orderPlaylist(app: PlaylistContext, actor: Actor, playlistId: number, itemIds: readonly number[]): Promise<Playlist> {
  await getPlaylist(app, actor, playlistId);
  await app.unitOfWork.run(async (stores) => {
    const present = await stores.playlists.lockItems(playlistId);
    const asked = new Set(itemIds);
    if (asked.size !== itemIds.length || itemIds.some((id) => !present.includes(id)))
      throw invalid('itemIds', 'notTheItems', 'each id once, and only those of this playlist');
    await stores.playlists.order(playlistId, [...itemIds, ...present.filter((id) => !asked.has(id))]);
  });
  return getPlaylist(app, actor, playlistId);
}

/** @throws Refused 404 */
export async function removePlaylistItem(app: PlaylistContext, actor: Actor, playlistId: number, itemId: number): Promise<Playlist> {
  const playlist = await getPlaylist(app, actor, playlistId);
  if (!playlist.items.some((item) => item.id === itemId)) throw notFound('moment');
  await app.unitOfWork.run((stores) => stores.playlists.removeItem(playlistId, itemId));
  return getPlaylist(app, actor, playlistId);
}
