import type { SavedViewStore } from '../../../app/ports/stores/saved-views.ts';
import type { Transaction } from '../client.ts';

export function savedViewStore(transaction: Transaction): SavedViewStore {
  return {
    save: async (ownerId, { page, name, ...kept }) => {
      const { id } = await transaction.savedView.upsert({
        where: { ownerId_page_name: { ownerId, page, name } },
        create: { ownerId, page, name, ...kept },
        update: kept,
        select: { id: true },
      });
      return id;
    },
    remove: async (viewId, { ownerId, anyShared }) => {
      const { count } = await transaction.savedView.deleteMany({
        where: { id: viewId, OR: [{ ownerId }, ...(anyShared ? [{ shared: true }] : [])] },
      });
      return count === 1;
    },
  };
}
