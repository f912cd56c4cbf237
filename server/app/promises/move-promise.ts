import type { PromiseInput } from '../../contract/http/calls.ts';
import type { PromiseView } from '../../contract/http/company-card.ts';
import { localDay, localHour } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import { askCapacity } from '../calls/ask-capacity.ts';
import type { AppContext } from '../context.ts';
import { recordVerdict } from '../kpi/count.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { WholePromise } from '../ports/stores/promises.ts';
import { placeLead } from '../queue/place-lead.ts';
import { promisedTimes } from './agreed-times.ts';
import { announcePromise, openPromise } from './open-promise.ts';

interface Move {
  promise: PromiseInput;
  reason: string;
}

/** Moved after its deadline without a dial, a promise was broken: moving must not hide that. */
export async function judgeMissed(stores: Stores, promise: WholePromise, now: Date): Promise<void> {
  if (promise.outcome !== 'pending' || promise.deadlineAt >= now) return;
  const day = localDay(now, promise.repTimeZone);
  await recordVerdict(stores, promise, 'broken', null, { ...promise, day, hour: localHour(now, promise.repTimeZone) });
}

/**
 * Moves an open promise to another time, with the reason; another promise takes its place, and the old one remembers by whom and why.
 * @throws Refused 404; 409 `promiseClosed`, `callLive`, `overCapacity`; 422 on the time
 */
export async function movePromise(app: AppContext, actor: Actor, promiseId: number, move: Move): Promise<PromiseView> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const old = await openPromise(stores, actor, promiseId);
    const agreeing = { stores, settings, now, companyId: old.companyId, timeZone: old.timeZone };
    const times = await promisedTimes(agreeing, 'promise', move.promise);
    const rep = { id: old.repId, timeZone: old.repTimeZone };
    const overCapacity = await askCapacity(stores, { actor: rep, body: { promise: move.promise }, settings, now }, times);
    await judgeMissed(stores, old, now);
    await stores.promises.close(old.id, { status: 'moved', at: now, callId: null });
    const { companyId, contactId, repId, madeInCallId, origin, note } = old;
    const made = await stores.promises.create({
      ...times,
      companyId,
      contactId,
      repId,
      madeInCallId,
      origin,
      note,
      overCapacity,
      createdAt: now,
    });
    await stores.promises.saveMovedTo(old.id, { promiseId: made.id, byUserId: actor.id, reason: move.reason, at: now });
    await placeLead(stores, { companyId, now, settings });
    await announcePromise(stores, made.id, companyId, [repId]);
    return made;
  });
}
