import type { AgreedTime, PromiseTimes } from '../../core/promises/promise-times.ts';
import { promiseTimes } from '../../core/promises/promise-times.ts';
import { invalid } from '../problem.ts';
import type { MeetingStep } from './meeting-step.ts';

/** A time agreed on the company's wall clock, as instants. @throws Refused 422 `noSuchTime` for one that no calendar has */
export async function agreedTimes({ stores, meeting, settings }: MeetingStep, field: string, agreed: AgreedTime): Promise<PromiseTimes> {
  const holidays = new Set(await stores.queue.holidays());
  try {
    return promiseTimes(agreed, meeting.timeZone, settings.promises.graceMinutes, settings.callingHours, holidays);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(field, 'noSuchTime', error.message);
    throw error;
  }
}
