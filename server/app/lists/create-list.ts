import type { Actor } from '../actor.ts';
import { invalid } from '../problem.ts';
import { placeLeads } from '../queue/place-lead.ts';
import type { ListParts } from './see-lists.ts';

export interface NewList {
  name: string;
  priority: number;
  scriptId?: number | undefined;
  companyIds: readonly number[];
}

/** A new list with the companies given; its number. */
export async function createList(app: ListParts, actor: Actor, { name, priority, scriptId, companyIds }: NewList): Promise<number> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const listId = await stores.lists.create({ name, priority, scriptId: scriptId ?? null, createdById: actor.id });
    if (listId === null) throw invalid('name', 'nameTaken', 'Список с таким названием уже есть');
    await stores.lists.addCompanies(listId, companyIds, now);
    await placeLeads(stores, { companyIds, now, settings });
    await stores.audit.write({
      userId: actor.id,
      action: 'list.create',
      entity: 'list',
      entityId: listId,
      details: { companies: companyIds.length },
    });
    return listId;
  });
}
