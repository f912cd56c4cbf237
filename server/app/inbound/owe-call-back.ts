import type { Settings } from '../../contract/settings.ts';
import { localClock, localDay } from '../../core/hours/local-time.ts';
import { callBackOf } from '../../core/inbound/call-back.ts';
import type { PromiseTimes } from '../../core/promises/promise-times.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { CallingCompany } from '../ports/stores/inbound.ts';
import type { Stores } from '../ports/stores/index.ts';
import { companyHours } from '../queue/company-hours.ts';

interface Moment {
  now: Date;
  settings: Settings;
}

/** Why somebody is owed a call: he called and nobody answered, or he answered one of several lines and met nobody. */
export type Owed = 'missedCall' | 'abandonedCall';

const origins = { missedCall: 'inbound', abandonedCall: 'abandoned' } as const;

const words: Record<Owed, Record<'ru' | 'en', (at: string) => string>> = {
  missedCall: {
    ru: (at) => `Звонили сами ${at}, никто не ответил`,
    en: (at) => `They called at ${at}, nobody answered`,
  },
  abandonedCall: {
    ru: (at) => `Ответили нам ${at}, но услышали тишину: извиниться`,
    en: (at) => `They answered at ${at} and heard nobody: apologise`,
  },
};

/** The call's rep owes the company a call, soon and in its hours. Nobody dials the killed and the forbidden, nor a number that was hidden. */
export async function oweCallBack(
  stores: Stores,
  call: CallRecord,
  company: CallingCompany,
  { now, settings, why }: Moment & { why: Owed },
): Promise<void> {
  if (company.status === 'killed' || company.doNotCall || !company.hasPhone) return;
  await stores.inbound.wake(company.id);
  const { hours, holidays } = await companyHours(stores, settings, company.id);
  const minutes = company.obligationMinutes ?? settings.inbound.callBackMinutes;
  const owed = callBackOf({ now, timeZone: company.timeZone, minutes, promise: company.promise }, hours, holidays);
  if (owed.kind === 'promise') await makePromise(stores, call, company, { times: owed.times, now, why });
}

async function makePromise(
  stores: Stores,
  call: CallRecord,
  company: CallingCompany,
  { times, now, why }: { times: PromiseTimes; now: Date; why: Owed },
): Promise<void> {
  const old = company.promise;
  if (old) await stores.promises.close(old.id, { status: 'moved', at: now, callId: call.id });
  const promise = await stores.promises.create({
    ...times,
    companyId: company.id,
    contactId: call.contactId ?? old?.contactId ?? null,
    repId: call.repId,
    madeInCallId: call.id,
    origin: origins[why],
    overCapacity: false,
    note: await noteOf(stores, call, company, why),
    createdAt: now,
  });
  if (old) await stores.promises.saveMovedTo(old.id, { promiseId: promise.id, byUserId: null, reason: why, at: now, callId: call.id });
  const told = { promiseId: promise.id, companyId: company.id, companyName: company.name, promisedAt: promise.promisedAt };
  await stores.outbox.announce({ event: 'promise:due', audience: { user: call.repId }, payload: told });
}

/** What the rep reads at the promise: what happened when, and what was promised before. */
async function noteOf(stores: Stores, call: CallRecord, company: CallingCompany, why: Owed): Promise<string> {
  const at = `${localDay(call.intentAt, company.timeZone)} ${localClock(call.intentAt, company.timeZone)}`;
  const said = words[why][await stores.tasks.languageOf(call.repId)](at);
  return company.promise?.note ? `${said}. ${company.promise.note}` : said;
}
