import type { DealDetails, DealFilter, DealQuery, DealRow, DealSum } from '../../contract/http/deals.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { pageOfRows, readCursor } from '../page.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';
import { maySee, widestScope } from '../scope.ts';

export type DealContext = AppContext & { reads: Pick<Reads, 'deals' | 'people'> };

/** Deals, longest in their stage first; a rep's and a seller's own, a lead's team, a head's all. */
export async function listDeals(
  app: DealContext,
  actor: Actor,
  { cursor, limit, ...filters }: DealQuery,
): Promise<{ items: DealRow[]; nextCursor: string | null }> {
  const [sinceMillis, id] = readCursor(cursor, 2) ?? [];
  const rows = await app.reads.deals.deals({
    scope: widestScope(actor),
    ...filters,
    after: sinceMillis === undefined || id === undefined ? undefined : { stageSince: new Date(sinceMillis), id },
    limit,
    now: app.clock.now(),
  });
  return pageOfRows(rows, limit, (row) => [new Date(row.stageSince).getTime(), row.id]);
}

/** The open deals that `listDeals` shows, counted by stage and category. */
export async function sumDeals(app: DealContext, actor: Actor, filter: DealFilter): Promise<{ items: DealSum[] }> {
  return { items: await app.reads.deals.sums({ ...filter, scope: widestScope(actor), now: app.clock.now() }) };
}

/** A deal that the actor may see. @throws Refused 404 */
export async function dealSeenBy(app: DealContext, actor: Actor, dealId: number): Promise<DealRow> {
  const deal = await app.reads.deals.deal(dealId, app.clock.now());
  const owner = deal && (await app.reads.people.rep(deal.owner.id));
  if (!deal || !owner || !maySee(actor, owner)) throw notFound('deal');
  return deal;
}

/** A deal with its moves, newest first. @throws Refused 404 */
export async function getDeal(app: DealContext, actor: Actor, dealId: number): Promise<DealDetails> {
  const deal = await dealSeenBy(app, actor, dealId);
  return { ...deal, moves: await app.reads.deals.moves(dealId) };
}
