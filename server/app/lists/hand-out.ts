import { localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { ListAssignmentInput } from '../ports/stores/lists.ts';
import { invalid, notFound } from '../problem.ts';
import { placeListLeads } from './place-list-leads.ts';
import type { ListParts } from './see-lists.ts';

function refuseOverlaps(assignments: readonly ListAssignmentInput[]): void {
  for (const [index, one] of assignments.entries()) {
    const other = assignments
      .slice(index + 1)
      .find((later) => later.repId === one.repId && later.startsOn <= one.endsOn && one.startsOn <= later.endsOn);
    if (other) throw invalid('assignments', 'daysOverlap', 'Один и тот же сотрудник назначен на одни и те же дни дважды');
  }
}

/** Hands a list out to reps for days. Its companies are called from this list from now on: the newest hand-out wins. */
export async function handOut(app: ListParts, actor: Actor, listId: number, assignments: readonly ListAssignmentInput[]): Promise<void> {
  refuseOverlaps(assignments);
  const today = localDay(app.clock.now(), actor.timeZone);
  await app.unitOfWork.run(async (stores) => {
    const list = await stores.lists.find(listId);
    if (!list) throw notFound('list');
    if (list.status === 'closed') throw invalid('assignments', 'listClosed', 'Список закрыт: откройте его, прежде чем раздавать');
    const repIds = [...new Set(assignments.map(({ repId }) => repId))];
    const callers = await stores.lists.callersOf(repIds);
    if (callers.length < repIds.length) throw invalid('assignments', 'repAbsent', 'Кому-то из этих сотрудников нельзя раздать список');
    await stores.lists.replaceAssignments(listId, assignments, today);
    if (assignments.length > 0) await stores.lists.takeLeads(listId);
    await stores.audit.write({
      userId: actor.id,
      action: 'list.handOut',
      entity: 'list',
      entityId: listId,
      details: { reps: repIds.length },
    });
  });
  await placeListLeads(app, listId);
}
