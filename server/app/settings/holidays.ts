import type { HolidayView } from '../../contract/http/department.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { notFound } from '../problem.ts';

/** Adds or renames a day on which nobody is called. */
export async function putHoliday(app: AppContext, actor: Actor, holiday: HolidayView): Promise<HolidayView> {
  await app.unitOfWork.run(async (stores) => {
    await stores.settings.putHoliday(holiday);
    await stores.audit.write({
      userId: actor.id,
      action: 'holiday.put',
      entity: 'holiday',
      details: { country: holiday.country, day: holiday.day },
    });
    await stores.outbox.enqueue({ name: 'queue.requeueAll', payload: {} });
  });
  return holiday;
}

/** @throws Refused 404 */
export async function removeHoliday(app: AppContext, actor: Actor, country: string, day: string): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    if (!(await stores.settings.removeHoliday(country, day))) throw notFound('holiday');
    await stores.audit.write({ userId: actor.id, action: 'holiday.remove', entity: 'holiday', details: { country, day } });
    await stores.outbox.enqueue({ name: 'queue.requeueAll', payload: {} });
  });
}
