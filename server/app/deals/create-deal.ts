import type { DealRow, NewDeal } from '../../contract/http/deals.ts';
import type { Actor } from '../actor.ts';
import { refuseUnseen, type CompanyParts } from '../companies/scope.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';
import { dealSeenBy } from './read-deals.ts';
import { refuseStage } from './update-deal.ts';

/** Who works opens his own; who leads opens it for the company's owner. */
async function ownerOf(stores: Stores, actor: Actor, companyId: number): Promise<number> {
  if (actor.role === 'rep' || actor.role === 'seller') return actor.id;
  return (await stores.companies.owner(companyId))?.id ?? actor.id;
}

/**
 * Opens a company's deal by hand.
 * @throws Refused 404 for another's company, 409 `dealOpen`, 422 `noSuchStage`, `needsStart`
 */
export async function createDeal(app: CompanyParts, actor: Actor, { companyId, title, amount, stagePosition }: NewDeal): Promise<DealRow> {
  await refuseUnseen(app, actor, companyId);
  const settings = await app.settings.read();
  const now = app.clock.now();
  const dealId = await app.unitOfWork.run(async (stores) => {
    // The lead's row is the lock: two deals opened at once meet here, the second one sees the first.
    await stores.queue.lockFacts([companyId]);
    refuseStage(await stores.deals.positions(), stagePosition);
    if (await stores.deals.openOf(companyId)) throw conflict('dealOpen', 'this company has an open deal already');
    const created = await stores.deals.open({
      companyId,
      ownerId: await ownerOf(stores, actor, companyId),
      title,
      amount,
      position: stagePosition,
      at: now,
      userId: actor.id,
      callId: null,
    });
    await stores.audit.write({ userId: actor.id, action: 'deal.create', entity: 'deal', entityId: created, details: { companyId } });
    await placeLead(stores, { companyId, now, settings });
    return created;
  });
  return dealSeenBy(app, actor, dealId);
}
