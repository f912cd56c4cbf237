import type { AttemptQuery, AttemptRow } from '../../contract/http/attempts.ts';
import type { PromiseQuery, PromiseRow } from '../../contract/http/met-promises.ts';
import type { WinQuery, WinRow } from '../../contract/http/wins.ts';
import type { Actor } from '../actor.ts';
import { scopeOf } from '../calls/read-calls.ts';
import { readCursor } from '../page.ts';
import type { CountedPage } from '../ports/reads/counted.ts';
import type { Reads } from '../ports/reads/index.ts';

interface Parts {
  reads: Pick<Reads, 'attempts'>;
}

const after = (cursor: string | undefined): number | undefined => readCursor(cursor, 1)?.[0];

/** The ledger's attempts behind a figure, of what the actor may see. */
export const listAttempts = (app: Parts, actor: Actor, { cursor, ...query }: AttemptQuery): Promise<CountedPage<AttemptRow>> =>
  app.reads.attempts.attempts(scopeOf(actor), { ...query, after: after(cursor) });

/** The wins behind a figure; started work is one kind of them. */
export const listWins = (app: Parts, actor: Actor, { cursor, ...query }: WinQuery): Promise<CountedPage<WinRow>> =>
  app.reads.attempts.wins(scopeOf(actor), { ...query, after: after(cursor) });

/** The promises behind a figure: those whose outcome is known. */
export const listPromises = (app: Parts, actor: Actor, { cursor, ...query }: PromiseQuery): Promise<CountedPage<PromiseRow>> =>
  app.reads.attempts.promises(scopeOf(actor), { ...query, after: after(cursor) });
