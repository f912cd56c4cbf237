import { localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { ListAssignmentInput } from '../ports/stores/lists.ts';
import { invalid, notFound } from '../problem.ts';
import { placeListLeads } from './place-list-leads.ts';

export interface ListHandOut {
  listId: number;
  assignments: ListAssignmentInput[];
}

function refuseOverlaps(assignments: readonly ListAssignmentInput[]): void {
  for (const [index, one] of assignments.entries()) {
    const other = assignments
      .slice(index + 1)
      .find((later) => later.repId === one.repId && later.startsOn <= one.endsOn && one.startsOn <= later.endsOn);
    if (other) throw invalid('assignments', 'daysOverlap', 'Один и тот же сотрудник назначен на одни и те же дни дважды');
  }
}

async function replace(stores: Stores, actor: Actor, { listId, assignments }: ListHandOut, today: string): Promise<ListHandOut> {
  const list = await stores.lists.find(listId);
  if (!list) throw notFound('list');
  if (list.status === 'closed') throw invalid('assignments', 'listClosed', 'Список закрыт: откройте его, прежде чем раздавать');
  const repIds = [...new Set(assignments.map(({ repId }) => repId))];
  const callers = await stores.lists.callersOf(repIds);
  if (callers.length < repIds.length) throw invalid('assignments', 'repAbsent', 'Кому-то из этих сотрудников нельзя раздать список');
  const before = await stores.lists.replaceAssignments(listId, assignments, today);
  if (assignments.length > 0) await stores.lists.takeLeads(listId);
  await stores.audit.write({
    userId: actor.id,
    action: 'list.handOut',
    entity: 'list',
    entityId: listId,
    details: { reps: repIds.length },
  });
  return { listId, assignments: before };
}

/**
 * Hands lists out to reps for days, all or none. Their companies are called from these lists from now on: the newest hand-out wins, so
 * that of a company in two lists only its days come back when what stood before is handed out again.
 * @returns what stood before, from today on
 * @throws Refused 404, 422 `daysOverlap`, `listClosed`, `repAbsent`
 */
export async function handOutLists(app: AppContext, actor: Actor, handOuts: readonly ListHandOut[]): Promise<ListHandOut[]> {
  for (const { assignments } of handOuts) refuseOverlaps(assignments);
  const today = localDay(app.clock.now(), actor.timeZone);
  // Always in the same order: two who hand out at once wait for each other instead of holding each other up.
  const ordered = handOuts.toSorted((left, right) => left.listId - right.listId);
  const before = await app.unitOfWork.run(async (stores) => {
    const stood: ListHandOut[] = [];
    for (const handedOut of ordered) stood.push(await replace(stores, actor, handedOut, today));
    return stood;
  });
  for (const { listId } of ordered) await placeListLeads(app, listId);
  return before;
}

/** Hands one list out, see `handOutLists`. */
export async function handOut(app: AppContext, actor: Actor, listId: number, assignments: readonly ListAssignmentInput[]): Promise<void> {
  await handOutLists(app, actor, [{ listId, assignments: [...assignments] }]);
}
