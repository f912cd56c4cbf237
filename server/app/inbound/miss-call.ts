import type { Settings } from '../../contract/settings.ts';
import { addMinutes } from '../../core/hours/local-time.ts';
import { chooseAssignee } from '../../core/tasks/choose-assignee.ts';
import { titleOf } from '../../core/tasks/title.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { CallingCompany } from '../ports/stores/inbound.ts';
import type { Stores } from '../ports/stores/index.ts';
import { placeLead } from '../queue/place-lead.ts';
import { oweCallBack } from './owe-call-back.ts';
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
  await oweCallBack(stores, call, company, { ...moment, why: 'missedCall' });
  if (call.voicemailAt) await giveTask(stores, call, company, moment);
  await placeLead(stores, { companyId: company.id, now, settings });
  await stores.outbox.announce({
    event: 'call:ring',
    audience: { user: call.repId },
    payload: { callId: call.id, ring: null, why: 'missed' },
  });
  await announceBoardRows(stores, [call.repId]);
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
