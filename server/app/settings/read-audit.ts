import type { z } from 'zod';
import type { AuditEntryView, listAudit } from '../../contract/http/admin.ts';
import { addDays, dayBounds } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import { pageOfRows, readCursor } from '../page.ts';
import type { Reads } from '../ports/reads/index.ts';

type AuditQuery = z.infer<typeof listAudit.query>;

/** A page of who did what, days counted in the reader's zone; both days inclusive. */
export async function readAudit(
  app: { reads: Pick<Reads, 'audit'> },
  actor: Actor,
  query: AuditQuery,
): Promise<{ items: AuditEntryView[]; nextCursor: string | null; actions: string[] }> {
  const { cursor, limit, from, to, ...filters } = query;
  const [beforeId] = readCursor(cursor, 1) ?? [];
  const [rows, actions] = await Promise.all([
    app.reads.audit.entries({
      ...filters,
      from: from === undefined ? undefined : dayBounds(from, actor.timeZone).start,
      until: to === undefined ? undefined : dayBounds(addDays(to, 1), actor.timeZone).start,
      beforeId,
      limit,
    }),
    app.reads.audit.actions(),
  ]);
  return { ...pageOfRows(rows, limit, (row) => [row.id]), actions };
}
