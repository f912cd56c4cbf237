import type { Settings } from '../../contract/settings.ts';
import type { CarrierEvent, EndCause } from '../../core/calls/carrier-event.ts';
import { provesDial } from '../../core/calls/carrier-event.ts';
import type { FoldedCall } from '../../core/calls/fold-call.ts';
import { settledAnnouncement } from '../../core/calls/announcement.ts';
import { foldCall } from '../../core/calls/fold-call.ts';
import { suggestedDisposition } from '../../core/calls/suggested-disposition.ts';
import { fateOf } from '../../core/dialing/volley.ts';
import { partOfDay } from '../../core/hours/calling-hours.ts';
import { localDay } from '../../core/hours/local-time.ts';
import { countsOfCall, differenceOf } from '../../core/kpi/metrics.ts';
import { verdictOfDial } from '../../core/promises/promise-times.ts';
import type { FailedOutcome } from '../../core/retry/plan-retry.ts';
import { planRetry } from '../../core/retry/plan-retry.ts';
import type { AppContext } from '../context.ts';
import { disposeBySelf } from './dispose-call.ts';
import { announceParty } from './consultations.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import { count, recordVerdict } from '../kpi/count.ts';
import { fulfilByInbound } from '../promises/fulfil-by-inbound.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import { missCall } from '../inbound/miss-call.ts';
import { companyHours } from '../queue/company-hours.ts';
import { placeLead } from '../queue/place-lead.ts';
import { endSupervisionOfCall } from '../supervision/end-supervision.ts';

interface Moment {
  now: Date;
  settings: Settings;
}

/** Our own words in a call's log, about calls that never reached the carrier; they prove no dial. */
export const neverDialledKey = 'zagon:neverDialled';

/**
 * Takes one thing a carrier said: appends it to the log, folds the log again under the call's lock, and moves the call
 * forward. What an end brings (counters, tries, the promise's verdict) is written in the same transaction, as the difference
 * to what was counted before, so that copies and late events count nothing twice.
 * @returns the volley that the call is a line of, which is to be decided anew, or null
 */
export async function takeCarrierEvent(app: AppContext, event: CarrierEvent): Promise<number | null> {
  const moment = { now: app.clock.now(), settings: await app.settings.read() };
  return app.unitOfWork.run(async (stores) => {
    const call = await stores.calls.lock(event.callId);
    if (!call) {
      app.log.warn({ callId: event.callId, kind: event.body.kind }, 'the carrier spoke of a call we do not know');
      return null;
    }
    await applyEvent(stores, call, event, moment);
    return call.volleyId;
  });
}

/** The same inside a transaction that holds the call's lock already. */
export async function applyEvent(stores: Stores, call: CallRecord, event: CarrierEvent, moment: Moment): Promise<void> {
  if (!(await stores.calls.append(event, moment.now))) return;
  const folded = foldCall(await stores.calls.events(call.id), call.intentAt);
  const dialedAt = call.dialedAt ?? (event.eventKey === neverDialledKey || !provesDial(event.body) ? null : later(event.at, call.intentAt));
  const announcement = settledAnnouncement(call.announcement, folded, !call.untaken && !isLine(call));
  await stores.calls.saveFold(call.id, folded, { dialedAt, announcement });
  if (announcement === 'played' && call.announcement !== 'played') await auditAnnounced(stores, call);
  if (call.direction === 'inbound') await takeInbound(stores, call, folded, moment);
  const counted = folded.state === 'ended' && (await takeEnd(stores, call, { ...folded, dialedAt }, moment));
  if (folded.state === 'ended' && folded.messageLeft) await disposeLeft(stores, call.id, moment);
  // Nobody was dialled: there is nothing to say of it, and the rep holds the company as before.
  if (folded.takenBack && !call.untaken && call.disposedAt === null) await stores.inbound.saveDisposedAt(call.id, moment.now);
  if (folded.state === 'ended') await endSupervisionOfCall(stores, call.id, moment.now);
  // While it only rings, an arriving call is nobody's own, nor is a line that has not won or was gone before it was joined.
  if (call.volleyId !== null)
    await stores.outbox.announce({
      event: 'volley:state',
      audience: { user: call.repId },
      payload: await stores.volleys.view(call.volleyId),
    });
  if (!call.untaken && !(folded.state === 'ended' && isLine(call)))
    await stores.outbox.announce({ event: 'call:state', audience: { user: call.repId }, payload: await stores.calls.view(call.id) });
  await announceParty(stores, call, folded);
  if (folded.state !== call.state || counted) await announceBoardRows(stores, [call.repId]);
}

/** One of several lines that has not been brought to its rep: what its end means is a line's. */
const isLine = ({ volleyId, joinedAt }: CallRecord): boolean => volleyId !== null && joinedAt === null;

/** That he was told before he was recorded must be found years later. */
async function auditAnnounced(stores: Stores, { id, repId, companyId }: CallRecord): Promise<void> {
  await stores.audit.write({ userId: repId, action: 'recording.announced', entity: 'call', entityId: id, details: { companyId } });
}

/** Whoever left a message goes on to his next call at once: that call's outcome is known. */
async function disposeLeft(stores: Stores, callId: number, moment: Moment): Promise<void> {
  const ended = await stores.calls.find(callId);
  if (ended) await disposeBySelf(stores, ended, 'machine', moment);
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);

type Ended = FoldedCall & { dialedAt: Date | null };

/** Answers whether anything counts otherwise now. */
async function takeEnd(stores: Stores, call: CallRecord, ended: Ended, moment: Moment): Promise<boolean> {
  const before = countsOfCall({ ...call, ended: call.state === 'ended', dialled: call.dialedAt !== null, connected: isConnected(call) });
  const after = countsOfCall({ ...ended, direction: call.direction, ended: true, dialled: ended.dialedAt !== null });
  const difference = differenceOf(before, after);
  await count(stores, call, difference);
  const dialledAt = ended.dialedAt ?? call.intentAt;
  const fate = ended.takenBack ? 'returned' : isLine(call) ? fateOf(ended) : 'tried';
  // Taken back before anybody answered, it leaves the company where it was; who met nobody is owed a call, which is no try of his.
  // Who called and was not answered was not called: we owe him one, and nothing rests.
  const rests = fate !== 'returned' && (call.direction === 'outbound' || ended.answeredAt !== null);
  if (rests) await stores.calledCompany.saveLastCall(call.companyId, moment.now);
  if (call.direction === 'outbound' && fate === 'tried')
    await chargeTry(stores, call, { by: difference.dials ?? 0, dialledAt, ended }, moment);
  if ((difference.dials ?? 0) > 0 && fate === 'tried') await judgePromise(stores, call, dialledAt);
  if (call.direction === 'inbound' && ended.answeredAt && (difference.connects ?? 0) > 0)
    await fulfilByInbound(stores, call, ended.answeredAt);
  if (rests) await placeLead(stores, { companyId: call.companyId, ...moment });
  return Object.keys(difference).length > 0;
}

/** An arriving call that ended unanswered was missed; one whose answer was only told late wants its outcome after all. */
async function takeInbound(stores: Stores, call: CallRecord, folded: FoldedCall, moment: Moment): Promise<void> {
  if (folded.state !== 'ended') return;
  if (folded.answeredAt === null && call.state !== 'ended') await missCall(stores, call, moment);
  if (folded.answeredAt !== null && call.answeredAt === null && call.disposedAt && !call.made)
    await stores.inbound.saveDisposedAt(call.id, null);
}

const isConnected = (call: CallRecord): boolean => call.answeredAt !== null && call.answeredBy !== 'machine' && call.endCause !== 'machine';

/** A dial meets the open promise, whoever answered; the verdict of the first dial inside or after the window stays. */
async function judgePromise(stores: Stores, call: CallRecord, dialledAt: Date): Promise<void> {
  const promise = await stores.promises.openOf(call.companyId);
  if (promise?.outcome !== 'pending') return;
  const verdict = verdictOfDial(promise, dialledAt);
  if (verdict) await recordVerdict(stores, promise, verdict, dialledAt, call);
}

/** Charges the try and, until the rep names the outcome, rests the lead by the carrier's word: a lost console never leads to a second dial. */
async function chargeTry(
  stores: Stores,
  call: CallRecord,
  dial: { by: number; dialledAt: Date; ended: Ended },
  { now, settings }: Moment,
): Promise<void> {
  const company = await stores.calledCompany.find(call.companyId);
  if (!company?.tries || call.disposedAt) return;
  const on = localDay(dial.dialledAt, company.timeZone);
  const calendar = await companyHours(stores, settings, call.companyId);
  const part = partOfDay(dial.dialledAt, company.timeZone, calendar.hours);
  const { tries } = company;
  const charged = {
    on,
    today: Math.max(0, (tries.on === on ? tries.today : 0) + dial.by),
    total: Math.max(0, tries.total + dial.by),
    morning: Math.max(0, tries.morning + (part === 'morning' ? dial.by : 0)),
    afternoon: Math.max(0, tries.afternoon + (part === 'afternoon' ? dial.by : 0)),
  };
  if (dial.by !== 0) await stores.calledCompany.saveTries(call.companyId, charged);
  await stores.calledCompany.saveLastTry(call.companyId, { at: dial.dialledAt, cause: dial.ended.endCause ?? 'unknown' });
  const { readyAt } = planRetry(
    {
      outcome: failedOutcome(dial.ended.endCause, dial.ended),
      now,
      timeZone: company.timeZone,
      triesToday: charged.today,
      triesTotal: charged.total,
      triedMorning: charged.morning,
      triedAfternoon: charged.afternoon,
      promiseOpen: (await stores.promises.openOf(call.companyId)) !== null,
      answers: await stores.calledCompany.answerHours(call.companyId),
    },
    settings.retry,
    calendar,
  );
  await stores.calledCompany.saveRetry(call.companyId, { readyAt, exhausted: null });
}

/** The outcome as far as the carrier knows it; a talk rests like one with a gatekeeper. */
function failedOutcome(endCause: EndCause | null, ended: Ended): FailedOutcome {
  const suggested = suggestedDisposition(endCause, ended.answeredBy);
  if (suggested === null || suggested === 'invalidNumber') return suggested === null ? 'gatekeeper' : 'noAnswer';
  return endCause === 'unknown' ? 'unknown' : suggested;
}
