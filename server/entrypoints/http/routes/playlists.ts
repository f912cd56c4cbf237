import * as playlists from '../../../app/playlists/playlists.ts';
import * as contract from '../../../contract/http/playlists.ts';
import { route, type Route } from '../kit/route.ts';

/** Moments of recordings, collected for the group review. */
export const playlistRoutes: Route[] = [
  route(contract.listPlaylists, async ({ app, actor }) => ({ items: await playlists.listPlaylists(app, actor) })),
  route(contract.createPlaylist, ({ app, actor, body }) => playlists.createPlaylist(app, actor, body.name)),
  route(contract.getPlaylist, ({ app, actor, params }) => playlists.getPlaylist(app, actor, params.id)),
  route(contract.renamePlaylist, ({ app, actor, params, body }) => playlists.renamePlaylist(app, actor, params.id, body.name)),
  route(contract.deletePlaylist, async ({ app, actor, params }) => {
    await playlists.deletePlaylist(app, actor, params.id);
    return { ok: true as const };
  }),
  route(contract.addPlaylistItem, ({ app, actor, params, body }) => playlists.addPlaylistItem(app, actor, params.id, body)),
  route(contract.orderPlaylist, ({ app, actor, params, body }) => playlists.orderPlaylist(app, actor, params.id, body.itemIds)),
  route(contract.removePlaylistItem, ({ app, actor, params }) => playlists.removePlaylistItem(app, actor, params.id, params.itemId)),
];
