import type { Settings } from '../../contract/settings.ts';
import { addMinutes, localClock, localDay } from '../../core/hours/local-time.ts';
import type { PromiseTimes } from '../../core/promises/promise-times.ts';
import { callBackOf } from '../../core/inbound/call-back.ts';
import { chooseAssignee } from '../../core/tasks/choose-assignee.ts';
import { titleOf } from '../../core/tasks/title.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { CallingCompany } from '../ports/stores/inbound.ts';
import type { Stores } from '../ports/stores/index.ts';
import { companyHours } from '../queue/company-hours.ts';
import { placeLead } from '../queue/place-lead.ts';
import { silence } from './ring-call.ts';

interface Moment {
  now: Date;
  settings: Settings;
}

/**
 * An arriving call ended and nobody had answered: it becomes an obligation to call back, a task when a message could be left, and it
 * wants no outcome of anybody. Part of the transaction that ends the call.
 */
export async function missCall(stores: Stores, call: CallRecord, moment: Moment): Promise<void> {
  const { now, settings } = moment;
  await stores.inbound.adopt(call.id, call.repId);
  const company = await stores.inbound.company(call.companyId);
  if (!company) throw new Error(`call ${call.id} has no company`);
  await stores.inbound.saveDisposedAt(call.id, now);
  if (call.leadId !== null && !call.untaken) await stores.queue.removeClaim(call.repId, call.leadId);
  await silence(stores, call.id, call.voicemailAt ? 'missed' : 'gone', now);
  await oweCallBack(stores, call, company, moment);
  if (call.voicemailAt) await giveTask(stores, call, company, moment);
  await placeLead(stores, { companyId: company.id, now, settings });
  await stores.outbox.announce({
    event: 'call:ring',
    audience: { user: call.repId },
    payload: { callId: call.id, ring: null, why: 'missed' },
  });
  await announceBoardRows(stores, [call.repId]);
}

/** Nobody dials the killed and the forbidden, nor a number that was hidden. */
async function oweCallBack(stores: Stores, call: CallRecord, company: CallingCompany, { now, settings }: Moment): Promise<void> {
  if (company.status === 'killed' || company.doNotCall || !company.hasPhone) return;
  await stores.inbound.wake(company.id);
  const { hours, holidays } = await companyHours(stores, settings, company.id);
  const owed = callBackOf(
    {
      now,
      timeZone: company.timeZone,
      minutes: company.obligationMinutes ?? settings.inbound.callBackMinutes,
      promise: company.promise,
    },
    hours,
    holidays,
  );
  if (owed.kind === 'promise') await makePromise(stores, call, company, { times: owed.times, now });
}

async function makePromise(
  stores: Stores,
  call: CallRecord,
  company: CallingCompany,
  { times, now }: { times: PromiseTimes; now: Date },
): Promise<void> {
  const old = company.promise;
  if (old) await stores.promises.close(old.id, { status: 'moved', at: now, callId: call.id });
  const promise = await stores.promises.create({
    ...times,
    companyId: company.id,
    contactId: call.contactId ?? old?.contactId ?? null,
    repId: call.repId,
    madeInCallId: call.id,
    origin: 'inbound',
    overCapacity: false,
    note: await noteOf(stores, call, company),
    createdAt: now,
  });
  if (old)
    await stores.promises.saveMovedTo(old.id, { promiseId: promise.id, byUserId: null, reason: 'missedCall', at: now, callId: call.id });
  const told = { promiseId: promise.id, companyId: company.id, companyName: company.name, promisedAt: promise.promisedAt };
  await stores.outbox.announce({ event: 'promise:due', audience: { user: call.repId }, payload: told });
}

/** What the rep reads at the promise: when they called, and what was promised before. */
async function noteOf(stores: Stores, call: CallRecord, company: CallingCompany): Promise<string> {
  const at = `${localDay(call.intentAt, company.timeZone)} ${localClock(call.intentAt, company.timeZone)}`;
  const language = await stores.tasks.languageOf(call.repId);
  const words = language === 'ru' ? `Звонили сами ${at}, никто не ответил` : `They called at ${at}, nobody answered`;
  return company.promise?.note ? `${words}. ${company.promise.note}` : words;
}

/** The owner hears the message; when there is none, whoever has the least to do of the call's rep and the free ones. */
async function giveTask(stores: Stores, call: CallRecord, company: CallingCompany, { now, settings }: Moment): Promise<void> {
  const [owner] = company.ownerId === null ? [] : await stores.inbound.answering([company.ownerId]);
  const free = await stores.inbound.leastLoaded(now);
  const loads = [await stores.tasks.loadOf(call.repId), ...(free ? [await stores.tasks.loadOf(free.id)] : [])];
  const assigneeId = owner?.id ?? chooseAssignee(loads) ?? call.repId;
  const title = titleOf('voicemail', company.name, await stores.tasks.languageOf(assigneeId));
  const dueAt = addMinutes(now, settings.inbound.callBackMinutes);
  const about = { companyId: company.id, dealId: null, callId: call.id, assigneeId, createdById: null };
  const taskId = await stores.tasks.create({ kind: 'voicemail', title, dueAt, ...about });
  const told = { taskId, title, companyId: company.id, dueAt: dueAt.toISOString() };
  await stores.outbox.announce({ event: 'task:created', audience: { user: assigneeId }, payload: told });
}
