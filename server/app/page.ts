import { invalid } from './problem.ts';

/** Numbers that say where a page ended: the last row's sort key and id. */
type Position = readonly number[];

/** Reads a cursor of `length` numbers; undefined when there is none. @throws Refused 422 `badCursor` */
export function readCursor(cursor: string | undefined, length: number): number[] | undefined {
  if (cursor === undefined) return undefined;
  const numbers = cursor.split('.').map(Number);
  if (numbers.length !== length || !numbers.every(Number.isSafeInteger))
    throw invalid('cursor', 'badCursor', 'this cursor was not given out here');
  return numbers;
}

/** The first `limit` rows and, when there are more, the cursor that goes on after them. */
export function pageOfRows<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => Position,
): { items: Row[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? positionOf(last).join('.') : null };
}

/** The same for pages that count rows from the beginning. */
export function pageByOffset<Row>(rows: readonly Row[], offset: number, limit: number): { items: Row[]; nextCursor: string | null } {
  return pageOfRows(rows, limit, () => [offset + limit]);
}
