import type { Actor } from '../actor.ts';
import { listDispositions } from '../calls/list-dispositions.ts';
import type { AppContext } from '../context.ts';

/** What the outcomes are called in this department, by code, in the reader's language. */
export async function outcomeLabels(app: Pick<AppContext, 'settings'>, actor: Actor): Promise<ReadonlyMap<string, string>> {
  return new Map((await listDispositions(app, actor)).map(({ code, label }) => [code, label]));
}
