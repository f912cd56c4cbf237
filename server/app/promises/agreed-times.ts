import type { Settings } from '../../contract/settings.ts';
import { faultOfPromise, promiseTimes, type AgreedTime, type PromiseTimes } from '../../core/promises/promise-times.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid } from '../problem.ts';
import { companyHours } from '../queue/company-hours.ts';

interface Agreeing {
  stores: Stores;
  settings: Settings;
  companyId: number;
  /** The company's. */
  timeZone: string;
}

/** A time agreed on the company's wall clock, as instants. @throws Refused 422 `noSuchTime` for one that no calendar has */
export async function agreedTimes(
  { stores, companyId, timeZone, settings }: Agreeing,
  field: string,
  agreed: AgreedTime,
): Promise<PromiseTimes> {
  const { hours, holidays } = await companyHours(stores, settings, companyId);
  try {
    return promiseTimes(agreed, timeZone, settings.promises.graceMinutes, hours, holidays);
  } catch (error) {
    if (error instanceof RangeError) throw invalid(field, 'noSuchTime', error.message);
    throw error;
  }
}

/** The same for a promise: refused when it cannot be kept. @throws Refused 422 `inThePast`, `tooFarAhead`, `endsBeforeItStarts` */
export async function promisedTimes(agreeing: Agreeing & { now: Date }, field: string, agreed: AgreedTime): Promise<PromiseTimes> {
  const times = await agreedTimes(agreeing, field, agreed);
  const fault = faultOfPromise(times, agreeing.now);
  if (fault) throw invalid(field, fault, `${field}: ${fault}`);
  return times;
}
