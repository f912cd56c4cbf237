import type { CallQuery } from '../../contract/http/calls.ts';
import { seesEveryone, type Actor } from '../actor.ts';
import { readCursor } from '../page.ts';
import type { Clock } from '../ports/clock.ts';
import type { CallCard, CallScope } from '../ports/reads/calls.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';
import { overdueAt } from '../recordings/ledger-alarm.ts';

/** Whose calls and figures someone may see: a rep his own, a lead his team's, a head and an admin everybody's. */
export function scopeOf(actor: Actor): CallScope {
  if (seesEveryone(actor)) return { repId: null, teamId: null };
  return actor.role === 'lead' && actor.teamId !== null ? { repId: null, teamId: actor.teamId } : { repId: actor.id, teamId: null };
}

export const listCalls = (app: { reads: Pick<Reads, 'calls'>; clock: Clock }, actor: Actor, { cursor, recording, ...filter }: CallQuery) =>
  app.reads.calls.list(scopeOf(actor), {
    ...filter,
    overdue: recording === 'overdue' ? overdueAt(app.clock.now()) : undefined,
    after: readCursor(cursor, 1)?.[0],
  });

/** A call's card. @throws Refused 404 also for calls that are not his to see */
export async function getCall(app: { reads: Pick<Reads, 'calls'> }, actor: Actor, callId: number): Promise<CallCard> {
  const card = await app.reads.calls.card(scopeOf(actor), callId);
  if (!card) throw notFound('call');
  return card;
}
