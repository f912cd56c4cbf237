import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { placeLead } from '../queue/place-lead.ts';
import { announcePromise, openPromise } from './open-promise.ts';

/** Ends a promise that is owed no more, with the reason; the company goes to its place in the funnel. @throws Refused 404; 409 `promiseClosed`, `callLive` */
export async function withdrawPromise(app: AppContext, actor: Actor, promiseId: number, reason: string): Promise<void> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const { id, companyId, repId } = await openPromise(stores, actor, promiseId);
    await stores.promises.close(id, { status: 'withdrawn', at: now, callId: null });
    await stores.promises.record(id, { kind: 'withdrawn', at: now, byUserId: actor.id, reason });
    await placeLead(stores, { companyId, now, settings });
    await announcePromise(stores, id, companyId, [repId]);
  });
}
