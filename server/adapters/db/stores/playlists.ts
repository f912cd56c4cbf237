import type { PlaylistStore } from '../../../app/ports/stores/playlists.ts';
import type { Transaction } from '../client.ts';

/** Whoever changes the order waits for whoever does so already. */
async function lock(transaction: Transaction, playlistId: number): Promise<void> {
  await transaction.$queryRaw`SELECT 1 FROM playlist WHERE id = ${playlistId} FOR UPDATE`;
}

export function playlistStore(transaction: Transaction): PlaylistStore {
  return {
    create: async (name, createdById, now) => (await transaction.playlist.create({ data: { name, createdById, createdAt: now } })).id,
    rename: async (id, name) => {
      await transaction.playlist.update({ where: { id }, data: { name } });
    },
    remove: async (id) => {
      await transaction.playlist.delete({ where: { id } });
    },
    append: async (playlistId, { recordingId, fromSecond, toSecond, note }) => {
      await lock(transaction, playlistId);
      const last = await transaction.playlistItem.aggregate({ where: { playlistId }, _max: { position: true } });
      await transaction.playlistItem.create({
        data: { playlistId, recordingId, fromSecond, toSecond, note, position: (last._max.position ?? 0) + 1 },
      });
    },
    lockItems: async (playlistId) => {
      await lock(transaction, playlistId);
      const items = await transaction.playlistItem.findMany({ where: { playlistId }, orderBy: { position: 'asc' }, select: { id: true } });
      return items.map((item) => item.id);
    },
    order: async (playlistId, itemIds) => {
      // Two steps: no position may be held twice in between.
      await transaction.$executeRaw`UPDATE playlist_item SET position = -position - 1 WHERE playlist_id = ${playlistId}`;
      await transaction.$executeRaw`
        UPDATE playlist_item SET position = array_position(${[...itemIds]}::int[], id) WHERE playlist_id = ${playlistId}`;
    },
    removeItem: async (playlistId, itemId) => {
      await transaction.playlistItem.deleteMany({ where: { id: itemId, playlistId } });
    },
  };
}
