import type { Absorbed } from '../ports/stores/companies.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { Actor } from '../actor.ts';
import { conflict, invalid } from '../problem.ts';
import { judgeMissed } from '../promises/move-promise.ts';
import { announcePromise } from '../promises/open-promise.ts';
import { changing } from './change-company.ts';
import { refuseUnseen, type CompanyParts } from './scope.ts';

const obstacles: Record<Exclude<Absorbed, 'absorbed'>, string> = {
  inUse: 'Одной из этих компаний сейчас звонят: объедините после звонка',
  twoOpenDeals: 'У обеих компаний открыта сделка: сначала закройте одну из них',
};
const codes = { inUse: 'companyInUse', twoOpenDeals: 'twoOpenDeals' } as const;

/** One company is promised one next contact: the sooner one stays, the other is moved into it. */
async function keepSoonerPromise(stores: Stores, companyIds: readonly [number, number], actor: Actor, now: Date): Promise<void> {
  const open = [await stores.promises.openOf(companyIds[0]), await stores.promises.openOf(companyIds[1])];
  const [sooner, later] = open
    .filter((promise) => promise !== null)
    .toSorted((one, other) => one.deadlineAt.getTime() - other.deadlineAt.getTime() || one.id - other.id);
  if (!sooner || !later) return;
  const moved = await stores.promises.lock(later.id);
  if (moved) await judgeMissed(stores, moved, now);
  await stores.promises.close(later.id, { status: 'moved', at: now, callId: null });
  await stores.promises.saveMovedTo(later.id, { promiseId: sooner.id, byUserId: actor.id, reason: 'merged', at: now });
  await announcePromise(stores, sooner.id, companyIds[0], [sooner.repId, later.repId]);
}

/** A company that nobody may dial is owed nothing. */
async function withdrawPromise(stores: Stores, companyId: number, actor: Actor, now: Date): Promise<void> {
  const open = await stores.promises.openOf(companyId);
  if (!open) return;
  await stores.promises.close(open.id, { status: 'withdrawn', at: now, callId: null });
  await stores.promises.record(open.id, { kind: 'withdrawn', at: now, byUserId: actor.id, reason: 'merged' });
  await announcePromise(stores, open.id, companyId, [open.repId]);
}

/**
 * Takes a duplicate into the company with everything it has; nothing of either history is lost.
 * @throws Refused 404; 409 `companyInUse`, `twoOpenDeals`; 422 `sameCompany`
 */
export async function mergeCompanies(app: CompanyParts, actor: Actor, companyId: number, duplicateId: number): Promise<void> {
  if (companyId === duplicateId) throw invalid('duplicateId', 'sameCompany', 'Это одна и та же компания');
  await refuseUnseen(app, actor, duplicateId);
  await changing(app, actor, { companyId, action: 'company.merge', details: { duplicateId } }, async (stores, now) => {
    await stores.queue.lockFacts([companyId, duplicateId]);
    await keepSoonerPromise(stores, [companyId, duplicateId], actor, now);
    const absorbed = await stores.companies.absorb(companyId, duplicateId);
    if (absorbed !== 'absorbed') throw conflict(codes[absorbed], obstacles[absorbed]);
    if (!(await stores.companies.callable(companyId))) await withdrawPromise(stores, companyId, actor, now);
  });
}
