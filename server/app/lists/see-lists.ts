import type { ListEntryView, ListView } from '../../contract/http/lists.ts';
import { localDay } from '../../core/hours/local-time.ts';
import { seesEveryone, type Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';

export interface ListParts extends AppContext {
  reads: Reads;
}

/** Team 0 is nobody's: a lead without a team sees no list. */
const teamOf = (actor: Actor): number | null => (seesEveryone(actor) ? null : (actor.teamId ?? 0));

/** Heads see every list, a lead those that his team works today or later. */
export const seeLists = (app: ListParts, actor: Actor): Promise<ListView[]> =>
  app.reads.lists.lists({ teamId: teamOf(actor) }, localDay(app.clock.now(), actor.timeZone), app.clock.now());

/** One list; another team's is not there for a lead. */
export async function seeList(app: ListParts, actor: Actor, listId: number): Promise<ListView> {
  const [list] = await app.reads.lists.lists({ teamId: teamOf(actor), listId }, localDay(app.clock.now(), actor.timeZone), app.clock.now());
  if (!list) throw notFound('list');
  return list;
}

/** A page of a list's companies by their place; the cursor is the last place seen. */
export async function seeListEntries(
  app: ListParts,
  actor: Actor,
  listId: number,
  page: { cursor?: string | undefined; limit: number },
): Promise<{ items: ListEntryView[]; nextCursor: string | null }> {
  await seeList(app, actor, listId);
  const rows = await app.reads.lists.entries(listId, { after: Number(page.cursor ?? 0) || 0, limit: page.limit + 1 });
  const items = rows.slice(0, page.limit);
  return { items, nextCursor: rows.length > page.limit ? String(items.at(-1)?.position ?? 0) : null };
}

/** People who may be handed a list, with how many they work today. */
export const seeCallers = (app: ListParts, actor: Actor) =>
  app.reads.lists.callers(teamOf(actor), localDay(app.clock.now(), actor.timeZone));
