import type { CallScope } from '../../../app/ports/reads/calls.ts';
import type { CountedPage, CountedQuery } from '../../../app/ports/reads/counted.ts';
import type { CountedBy } from '../../../contract/http/counted-by.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay } from '../days.ts';
import { Prisma } from '../generated/client.ts';

/** The tables that carry the dimensions of core/kpi/metrics.ts; the conditions below call the row `c`. */
type CountedTable = 'call' | 'attempt' | 'promise' | 'win';

/** Whom a row counts for: a promise may be another's by now. */
const repOf = (table: CountedTable): string => (table === 'promise' ? 'counted_rep_id' : 'rep_id');

/** What a figure counts, in one place for all its tables, so that a figure and its rows never part. */
export function countedBy(table: CountedTable, scope: CallScope, query: Partial<CountedBy>): Prisma.Sql[] {
  const rep = repOf(table);
  const one = (column: string, id: number | null | undefined): Prisma.Sql[] =>
    id === null || id === undefined ? [] : [Prisma.sql`c.${Prisma.raw(column)} = ${id}`];
  const dimension = (column: string, id: number | undefined): Prisma.Sql[] =>
    id === 0 ? [Prisma.sql`c.${Prisma.raw(column)} IS NULL`] : one(column, id);
  return [
    ...one(rep, scope.repId),
    ...one('team_id', scope.teamId),
    ...one(rep, query.repId),
    ...(query.repIds ? [Prisma.sql`c.${Prisma.raw(rep)} = ANY(${query.repIds}::int[])`] : []),
    ...dimension('team_id', query.teamId),
    ...dimension('list_id', query.listId),
    ...dimension('channel_id', query.channelId),
    ...dimension('source_id', query.sourceId),
    ...one('hour', query.hour),
    ...(query.from === undefined ? [] : [Prisma.sql`c.day >= ${dateOfDay(query.from)}::date`]),
    ...(query.to === undefined ? [] : [Prisma.sql`c.day <= ${dateOfDay(query.to)}::date`]),
  ];
}

/** The ids of a page of such rows, newest first. They are counted only where days bound the counting, and with the first page. */
export async function countedPage<Row extends { id: number }>(
  transaction: Transaction,
  table: CountedTable,
  { scope, query, also }: { scope: CallScope; query: CountedQuery; also: readonly Prisma.Sql[] },
  rowsOf: (ids: number[]) => Promise<Row[]>,
): Promise<CountedPage<Row>> {
  const conditions = Prisma.join([Prisma.sql`true`, ...countedBy(table, scope, query), ...also], ' AND ');
  const from = Prisma.sql`FROM ${Prisma.raw(table)} c WHERE ${conditions}`;
  const older = query.after === undefined ? Prisma.empty : Prisma.sql`AND c.id < ${query.after}`;
  // One row more than asked says whether there is a next page.
  const found = await transaction.$queryRaw<{ id: number }[]>`SELECT c.id ${from} ${older} ORDER BY c.id DESC LIMIT ${query.limit + 1}`;
  const ids = found.slice(0, query.limit).map((row) => row.id);
  const page = { items: await rowsOf(ids), nextCursor: found.length > query.limit ? String(ids.at(-1)) : null };
  if (query.from === undefined || query.after !== undefined) return page;
  const [counted] = await transaction.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count ${from}`;
  return counted ? { ...page, total: counted.count } : page;
}
