import type { NewPlan } from '../../contract/http/matrix.ts';
import { localDay } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { CompanyParts } from '../companies/scope.ts';
import { invalid, notFound } from '../problem.ts';
import { refuseOutsideMatrix } from './scope.ts';

/** Plans an event of a company. @throws Refused 404 out of sight, 422 `dayPassed` */
export async function planEvent(app: CompanyParts, actor: Actor, companyId: number, plan: NewPlan): Promise<{ id: number }> {
  await refuseOutsideMatrix(app, actor, companyId);
  if (plan.on < localDay(app.clock.now(), actor.timeZone)) throw invalid('on', 'dayPassed', 'Выберите сегодняшний день или позже');
  const id = await app.unitOfWork.run(async (stores) => {
    const created = await stores.plannedEvents.create(companyId, plan, actor.id);
    await stores.audit.write({
      userId: actor.id,
      action: 'plan.create',
      entity: 'company',
      entityId: companyId,
      details: { plannedEventId: created, ...plan },
    });
    return created;
  });
  return { id };
}

/** Takes a planned event away. @throws Refused 404 */
export async function removePlan(app: CompanyParts, actor: Actor, eventId: number): Promise<void> {
  const companyId = await app.unitOfWork.run((stores) => stores.plannedEvents.companyOf(eventId));
  if (companyId === null) throw notFound('planned event');
  await refuseOutsideMatrix(app, actor, companyId);
  await app.unitOfWork.run(async (stores) => {
    if (!(await stores.plannedEvents.remove(eventId))) throw notFound('planned event');
    await stores.audit.write({
      userId: actor.id,
      action: 'plan.remove',
      entity: 'company',
      entityId: companyId,
      details: { plannedEventId: eventId },
    });
  });
}
