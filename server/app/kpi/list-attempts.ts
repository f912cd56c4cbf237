import type { AttemptQuery, AttemptRow } from '../../contract/http/attempts.ts';
import type { Actor } from '../actor.ts';
import { scopeOf } from '../calls/read-calls.ts';
import { pageOfRows, readCursor } from '../page.ts';
import type { Reads } from '../ports/reads/index.ts';

/** The ledger's attempts behind a figure, of what the actor may see. */
export async function listAttempts(
  app: { reads: Pick<Reads, 'attempts'> },
  actor: Actor,
  { cursor, ...query }: AttemptQuery,
): Promise<{ items: AttemptRow[]; nextCursor: string | null }> {
  const [after] = readCursor(cursor, 1) ?? [];
  const rows = await app.reads.attempts.list(scopeOf(actor), { ...query, after });
  return pageOfRows(rows, query.limit, (row) => [row.id]);
}
