import type { SavedViewReads } from '../../../app/ports/reads/saved-views.ts';
import type { Prisma } from '../client.ts';

const shape = {
  id: true,
  name: true,
  query: true,
  columns: true,
  shared: true,
  owner: { select: { id: true, name: true } },
} as const;

export function savedViewReads(prisma: Prisma): SavedViewReads {
  return {
    views: (userId, page) =>
      prisma.savedView.findMany({
        where: { page, OR: [{ ownerId: userId }, { shared: true }] },
        select: shape,
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
      }),
    view: (viewId) => prisma.savedView.findUnique({ where: { id: viewId }, select: shape }),
  };
}
