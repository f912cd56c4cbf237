import type { Actor } from '../actor.ts';
import { invalid, notFound } from '../problem.ts';
import { placeLeads } from '../queue/place-lead.ts';
import type { ListParts } from './see-lists.ts';

/** Puts companies at the end of a list; those that are in it stay where they are. */
export async function addCompanies(app: ListParts, actor: Actor, listId: number, companyIds: readonly number[]): Promise<void> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    if (!(await stores.lists.find(listId))) throw notFound('list');
    if ((await stores.companies.existing(companyIds)).length < new Set(companyIds).size)
      throw invalid('companyIds', 'companyAbsent', 'Какой-то из этих компаний нет');
    await stores.lists.addCompanies(listId, companyIds, now);
    await placeLeads(stores, { companyIds, now, settings });
    await stores.audit.write({
      userId: actor.id,
      action: 'list.add',
      entity: 'list',
      entityId: listId,
      details: { companies: companyIds.length },
    });
  });
}
