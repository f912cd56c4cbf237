import type { z } from 'zod';
import type { promiseSummary as summaryEndpoint, PromiseDeedView, PromiseSummary } from '../../contract/http/promises.ts';
import type { Actor } from '../actor.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';
import { maySee, widestScope } from '../scope.ts';

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
): Promise<PromiseSummary> => app.reads.promises.summary(widestScope(actor), narrow, { from, to });
