import type { DialMode } from '../../contract/http/list-dialing.ts';
import type { Actor } from '../actor.ts';
import type { DialingChange } from '../ports/stores/lists.ts';
import { invalid } from '../problem.ts';
import type { Stores } from '../ports/stores/index.ts';
import { placeLeads } from '../queue/place-lead.ts';
import type { ListParts } from './see-lists.ts';

export interface NewList {
  name: string;
  priority: number;
  scriptId?: number | undefined;
  skillId?: number | null | undefined;
  dialing?: DialingChange | undefined;
  russianAdvertising?: boolean | undefined;
  companyIds: readonly number[];
}

/** @throws Refused 422 `noSuchSkill` */
export async function refuseWrongSkill(stores: Pick<Stores, 'people'>, skillId: number | null | undefined): Promise<void> {
  if (skillId === null || skillId === undefined) return;
  if ((await stores.people.existingSkills([skillId])).length === 0) throw invalid('skillId', 'noSuchSkill', 'Такого навыка нет');
}

/** Advertising by telephone wants the consent of each before he is called; several lines at once would ring who gave none. @throws Refused 422 */
export function refuseParallelAdvertising(mode: DialMode | undefined, isRussianAdvertising: boolean): void {
  if (mode === 'parallel' && isRussianAdvertising)
    throw invalid('dialing.mode', 'advertisingDialsSingly', 'Список с российской рекламой не набирают в несколько линий');
}

/** A new list with the companies given; its number. @throws Refused 422 `nameTaken`, `noSuchSkill`, `advertisingDialsSingly` */
export async function createList(
  app: ListParts,
  actor: Actor,
  { name, priority, scriptId, skillId, dialing = {}, russianAdvertising = false, companyIds }: NewList,
): Promise<number> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    await refuseWrongSkill(stores, skillId);
    refuseParallelAdvertising(dialing.mode, russianAdvertising);
    const listId = await stores.lists.create({
      name,
      priority,
      scriptId: scriptId ?? null,
      skillId: skillId ?? null,
      createdById: actor.id,
      dialing,
      russianAdvertising,
    });
    if (listId === null) throw invalid('name', 'nameTaken', 'Список с таким названием уже есть');
    await stores.lists.addCompanies(listId, companyIds, now);
    await placeLeads(stores, { companyIds, now, settings });
    await stores.audit.write({
      userId: actor.id,
      action: 'list.create',
      entity: 'list',
      entityId: listId,
      details: { companies: companyIds.length, dialMode: dialing.mode ?? 'preview', russianAdvertising },
    });
    return listId;
  });
}
