import type { ImportReads } from '../../../app/ports/reads/imports.ts';
import { mappingSchema, type ImportView } from '../../../contract/http/imports.ts';
import type { Import } from '../generated/client.ts';
import type { Prisma } from '../client.ts';
import { isoOf, isoOrNull } from './views.ts';

async function viewsOf(prisma: Prisma, rows: readonly Import[]): Promise<ImportView[]> {
  const [people, lists] = await Promise.all([
    prisma.user.findMany({ where: { id: { in: rows.map(({ createdById }) => createdById) } }, select: { id: true, name: true } }),
    prisma.callList.findMany({
      where: { id: { in: rows.flatMap(({ listId }) => (listId === null ? [] : [listId])) } },
      select: { id: true, name: true },
    }),
  ]);
  return rows.map((row) => ({
    ...row,
    mapping: mappingSchema.parse(row.mapping),
    list: lists.find(({ id }) => id === row.listId) ?? null,
    createdBy: people.find(({ id }) => id === row.createdById) ?? { id: row.createdById, name: '' },
    createdAt: isoOf(row.createdAt),
    startedAt: isoOrNull(row.startedAt),
    finishedAt: isoOrNull(row.finishedAt),
  }));
}

export function importReads(prisma: Prisma): ImportReads {
  return {
    imports: async ({ before, limit }) =>
      viewsOf(
        prisma,
        await prisma.import.findMany({ where: before === null ? {} : { id: { lt: before } }, orderBy: { id: 'desc' }, take: limit }),
      ),
    import: async (importId) => {
      const [view] = await viewsOf(prisma, await prisma.import.findMany({ where: { id: importId } }));
      return view ?? null;
    },
    errors: (importId, { after, limit }) =>
      prisma.importError.findMany({
        where: { importId, id: { gt: after } },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true, line: true, column: true, code: true, reason: true, value: true },
      }),
  };
}
