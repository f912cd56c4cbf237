import type { z } from 'zod';
import type {
  listOpenPromises as openEndpoint,
  OpenPromiseRow,
  promiseSummary as summaryEndpoint,
  PromiseDeedView,
  PromiseSummary,
} from '../../contract/http/promises.ts';
import type { Actor } from '../actor.ts';
import { scopeOf } from '../calls/read-calls.ts';
import { pageOfRows, readCursor } from '../page.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';
import { maySee } from '../scope.ts';

interface PromiseContext {
  reads: Pick<Reads, 'promises'>;
}

/** The life of a promise that the person may see. @throws Refused 404 */
export async function promiseHistory(app: PromiseContext, actor: Actor, promiseId: number): Promise<PromiseDeedView[]> {
  const rep = await app.reads.promises.repOf(promiseId);
  if (!rep || !maySee(actor, rep)) throw notFound('promise');
  return app.reads.promises.history(promiseId);
}

/** How promises were met over some days, as far as the person sees them. */
export const promiseSummary = (
  app: PromiseContext,
  actor: Actor,
  { from, to, ...narrow }: z.output<typeof summaryEndpoint.query>,
): Promise<PromiseSummary> => app.reads.promises.summary(scopeOf(actor), narrow, { from, to });

/** The open ones that the summary counts, page by page. */
export async function listOpenPromises(
  app: PromiseContext,
  actor: Actor,
  { cursor, limit, ...narrow }: z.output<typeof openEndpoint.query>,
): Promise<{ items: OpenPromiseRow[]; nextCursor: string | null; total?: number }> {
  const position = readCursor(cursor, 2);
  const after = position && { deadlineAt: new Date(position[0] ?? 0), id: position[1] ?? 0 };
  const rows = await app.reads.promises.open(scopeOf(actor), narrow, { after, limit: limit + 1 });
  const page = pageOfRows(rows, limit, (row) => [Date.parse(row.deadlineAt), row.id]);
  return position ? page : { ...page, total: await app.reads.promises.countOpen(scopeOf(actor), narrow) };
}
