import type { Settings } from '../../contract/settings.ts';
import { unchanged } from '../../core/dispositions/catalogue.ts';
import type { DispositionFacts, DispositionRules, OutcomeInput } from '../../core/dispositions/facts.ts';
import { instantOf, localDay } from '../../core/hours/local-time.ts';
import { countsOfCall } from '../../core/kpi/metrics.ts';
import { promiseTimes } from '../../core/promises/promise-times.ts';
import type { Stores } from '../ports/stores/index.ts';
import { invalid } from '../problem.ts';
import { companyHours } from '../queue/company-hours.ts';
import type { Disposing } from './disposing.ts';

/** The settings that one outcome obeys. */
export async function rulesOf(
  stores: Stores,
  settings: Settings,
  { companyId, code }: { companyId: number; code: string },
): Promise<DispositionRules> {
  const { sendOfferTaskHours, offerFollowUpDays, handoffAcceptHours, refusedRestDays, overrides } = settings.dispositions;
  return {
    ...(await companyHours(stores, settings, companyId)),
    retry: settings.retry,
    promiseGraceMinutes: settings.promises.graceMinutes,
    sendOfferTaskHours,
    offerFollowUpDays,
    handoffAcceptHours,
    refusedRestDays,
    override: overrides[code] ?? unchanged,
  };
}

/** What is known of the call and its company now, with the rows that will change locked. */
export async function factsOfCall(stores: Stores, { call, now }: Disposing): Promise<DispositionFacts> {
  const company = await stores.calledCompany.find(call.companyId);
  if (!company) throw new Error(`call ${call.id} has no company`);
  const promise = await stores.promises.openOf(call.companyId);
  const others = await stores.calledCompany.otherPhones(call.companyId, call.phoneId);
  const today = localDay(now, company.timeZone);
  const connected = call.answeredAt !== null && call.answeredBy !== 'machine' && call.endCause !== 'machine';
  const counts = countsOfCall({ ...call, ended: true, dialled: call.dialedAt !== null, connected });
  const tries = company.tries ?? { on: null, today: 0, total: 0, morning: 0, afternoon: 0 };
  return {
    now,
    call: {
      direction: call.direction,
      endCause: call.endCause,
      answeredBy: call.answeredBy,
      connected,
      isDial: counts.dials === 1,
      phoneId: call.phoneId,
    },
    company: {
      id: company.id,
      name: company.name,
      timeZone: company.timeZone,
      decisionMakerReachedToday: company.reachedOn === localDay(call.intentAt, company.timeZone),
      status: company.status,
      doNotCall: company.doNotCall,
    },
    tries: { today: tries.on === today ? tries.today : 0, total: tries.total, morning: tries.morning, afternoon: tries.afternoon },
    deal: await stores.deals.openOf(call.companyId),
    openPromise: promise && { id: promise.id, dialled: promise.outcome !== 'pending' },
    otherPhones: others.length,
    answers: await stores.calledCompany.answerHours(call.companyId),
  };
}

/** What the rep said, with wall times turned into instants of the company's zone. */
export async function inputOf(stores: Stores, { call, body }: Disposing, timeZone: string, rules: DispositionRules): Promise<OutcomeInput> {
  const { promise, meeting } = body;
  const contactId = body.contactId ?? call.contactId;
  const contact = contactId === null ? null : await stores.calledCompany.contact(call.companyId, contactId);
  if (body.contactId !== undefined && !contact) throw invalid('contactId', 'notOfThisCompany', 'this person is not of this company');
  if (body.sellerId !== undefined) await checkSeller(stores, call.repId, call.day, body.sellerId);
  return {
    code: body.code,
    contact,
    newContact: body.newContact ?? null,
    withDecisionMaker: body.withDecisionMaker ?? null,
    meetingNotThePurpose: body.meetingNotThePurpose,
    promise: promise
      ? readable('promise', () => promiseTimes(promise, timeZone, rules.promiseGraceMinutes, rules.hours, rules.holidays))
      : null,
    meeting: meeting ? { localTime: meeting.localTime, startsAt: readable('meeting', () => instantOf(meeting.localTime, timeZone)) } : null,
    reason: body.reason ?? null,
    notNowUntil: body.notNowUntil ?? null,
    sellerId: body.sellerId ?? null,
    note: body.note ?? null,
  };
}

async function checkSeller(stores: Stores, repId: number, day: string, sellerId: number): Promise<void> {
  const sellers = await stores.tasks.sellers(repId, day);
  if (!sellers.some((seller) => seller.userId === sellerId))
    throw invalid('sellerId', 'notASeller', 'nobody by this number takes prospects over now');
}

/** A wall time that no calendar has (the 31st of February) is the input's fault, not ours. */
function readable<Value>(field: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) throw invalid(field, 'noSuchTime', error.message);
    throw error;
  }
}
