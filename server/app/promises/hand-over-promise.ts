import type { PromiseView } from '../../contract/http/company-card.ts';
import { seesEveryone, type Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';
import { announcePromise, openPromise } from './open-promise.ts';

/** Who may take a promise: somebody at work who calls; of the same team unless a head decides. */
async function checkTaker(stores: Stores, actor: Actor, taker: { repId: number; teamId: number | null }): Promise<void> {
  const account = await stores.people.lock(taker.repId);
  const calls = account && !account.disabled && ['rep', 'lead', 'head'].includes(account.role);
  if (!calls || (!seesEveryone(actor) && account.teamId !== taker.teamId))
    throw invalid('repId', 'cannotTake', 'this person cannot take the promise');
}

/** Gives one open promise to another rep, with the reason. @throws Refused 404; 409 `promiseClosed`, `callLive`; 422 `cannotTake` */
export async function handOverPromise(
  app: AppContext,
  actor: Actor,
  promiseId: number,
  { repId, reason }: { repId: number; reason: string },
): Promise<PromiseView> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const promise = await openPromise(stores, actor, promiseId);
    await checkTaker(stores, actor, { repId, teamId: promise.teamId });
    if (repId !== promise.repId) {
      await stores.promises.record(promise.id, { kind: 'handedOver', at: now, byUserId: actor.id, reason, toRepId: repId });
      await stores.promises.setRep(promise.id, repId);
      await placeLead(stores, { companyId: promise.companyId, now, settings });
      await announcePromise(stores, promise.id, promise.companyId, [promise.repId, repId]);
    }
    return stores.promises.view(promise.id);
  });
}
