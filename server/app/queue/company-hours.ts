import type { Settings } from '../../contract/settings.ts';
import type { CallingHours, Holidays } from '../../core/hours/calling-hours.ts';
import { calendarOf } from '../../core/queue/calendar.ts';
import type { Stores } from '../ports/stores/index.ts';

/** The calling hours and days off that count for one company: its own hours, its country's holidays. */
export async function companyHours(
  stores: Pick<Stores, 'queue'>,
  settings: Settings,
  companyId: number,
): Promise<{ hours: CallingHours; holidays: Holidays }> {
  const calendar = await stores.queue.calendarOf(companyId);
  return calendarOf(calendar, { hours: settings.callingHours, holidays: await stores.queue.holidays() });
}
