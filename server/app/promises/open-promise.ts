import type { Actor } from '../actor.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { WholePromise } from '../ports/stores/promises.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict, notFound } from '../problem.ts';
import { maySee } from '../scope.ts';

/**
 * An open promise that the person may act on, locked: his own, his team's for a lead, anybody's for a head.
 * @throws Refused 404; 409 `promiseClosed`, `callLive` while the company is in a call, whose outcome decides the promise
 */
export async function openPromise(stores: Stores, actor: Actor, promiseId: number): Promise<WholePromise> {
  const promise = await stores.promises.lock(promiseId);
  if (!promise || !maySee(actor, { id: promise.repId, teamId: promise.teamId })) throw notFound('promise');
  if (promise.status !== 'open') throw conflict('promiseClosed', 'this promise is closed already');
  if (await stores.calls.inCall(promise.companyId)) throw conflict('callLive', 'a call with this company has no outcome yet');
  return promise;
}

/** Tells the reps whom a deed on a promise concerns, so that their day is drawn anew. */
export async function announcePromise(stores: Stores, promiseId: number, companyId: number, repIds: readonly number[]): Promise<void> {
  const concerned = [...new Set(repIds)];
  for (const repId of concerned) {
    await stores.outbox.announce({ event: 'promise:changed', audience: { user: repId }, payload: { promiseId, companyId } });
  }
  await announceBoardRows(stores, concerned);
}
