import type { ListStatus } from '../../contract/http/lists.ts';
import type { Actor } from '../actor.ts';
import type { DialingChange } from '../ports/stores/lists.ts';
import { invalid, notFound } from '../problem.ts';
import { refuseParallelAdvertising, refuseWrongSkill } from './create-list.ts';
import { placeListLeads } from './place-list-leads.ts';
import type { ListParts } from './see-lists.ts';

export interface ListChange {
  name?: string | undefined;
  priority?: number | undefined;
  status?: ListStatus | undefined;
  scriptId?: number | null | undefined;
  skillId?: number | null | undefined;
  dialing?: DialingChange | undefined;
  russianAdvertising?: boolean | undefined;
}

/** Renames, moves, pauses, goes on with or closes a list; its leads are placed anew when their order or their right to be called changes. */
export async function changeList(
  app: ListParts,
  actor: Actor,
  listId: number,
  { name, priority, status, scriptId, skillId, dialing, russianAdvertising }: ListChange,
): Promise<void> {
  const moves = priority !== undefined || status !== undefined;
  await app.unitOfWork.run(async (stores) => {
    const before = await stores.lists.find(listId);
    if (!before) throw notFound('list');
    await refuseWrongSkill(stores, skillId);
    const dialingNow = { ...before.dialing, ...dialing };
    refuseParallelAdvertising(dialingNow.mode, russianAdvertising ?? before.russianAdvertising);
    const done = await stores.lists.change(listId, {
      ...(name === undefined ? {} : { name }),
      ...(priority === undefined ? {} : { priority }),
      ...(status === undefined ? {} : { status }),
      ...(scriptId === undefined ? {} : { scriptId }),
      ...(skillId === undefined ? {} : { skillId }),
      ...(dialing === undefined ? {} : { dialing }),
      ...(russianAdvertising === undefined ? {} : { russianAdvertising }),
    });
    if (!done) throw invalid('name', 'nameTaken', 'Список с таким названием уже есть');
    await stores.audit.write({
      userId: actor.id,
      action: 'list.change',
      entity: 'list',
      entityId: listId,
      details: {
        priorityBefore: before.priority,
        priority: priority ?? before.priority,
        statusBefore: before.status,
        status: status ?? before.status,
        dialModeBefore: before.dialing.mode,
        dialMode: dialingNow.mode,
        linesBefore: before.dialing.lines,
        lines: dialingNow.lines,
        capPercentBefore: before.dialing.capPercent,
        capPercent: dialingNow.capPercent,
        russianAdvertisingBefore: before.russianAdvertising,
        russianAdvertising: russianAdvertising ?? before.russianAdvertising,
      },
    });
  });
  if (moves) await placeListLeads(app, listId);
}
