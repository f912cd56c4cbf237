import { faultOfCard, planCard, type MeetingPlan } from '../../core/meetings/plan-card.ts';
import type { PromiseTimes } from '../../core/promises/promise-times.ts';
import { askCapacity } from '../calls/ask-capacity.ts';
import { recordAttempt, recordWin, withoutCall } from '../kpi/count.ts';
import type { WinKind } from '../ports/stores/attempts.ts';
import type { OpenPromise } from '../ports/stores/promises.ts';
import { conflict, invalid } from '../problem.ts';
import { agreedTimes } from '../promises/agreed-times.ts';
import type { MeetingStep } from './meeting-step.ts';

/** Writes the card of a meeting: its attempt, the deal's step, the next promise, its tasks done. */
export async function closeMeeting(step: MeetingStep, status: 'held' | 'failed'): Promise<void> {
  const { stores, actor, meeting, change, now } = step;
  const card = change.card ?? null;
  const nextStep = change.nextStep
    ? await agreedTimes({ ...step, companyId: step.meeting.companyId, timeZone: step.meeting.timeZone }, 'nextStep', change.nextStep)
    : null;
  if (nextStep && !(await stores.companies.callable(meeting.companyId)))
    throw conflict('doNotCall', 'Этой компании больше не звонят: следующий шаг не сдержать');
  const fault = faultOfCard({ now, startsAt: meeting.startsAt }, { status, card, nextStep });
  if (fault) throw invalid(fault.field, fault.code, `${fault.field}: ${fault.code}`);
  const promise = await stores.promises.openOf(meeting.companyId);
  const deal = await stores.deals.openOf(meeting.companyId);
  const openPromise = promise && { ofMeeting: promise.id === meeting.promiseId, dialled: promise.outcome !== 'pending' };
  const plan = planCard({ now, startsAt: meeting.startsAt, deal, dealClosed: meeting.dealClosed, openPromise }, { status, card, nextStep });
  await stores.meetings.close(meeting.id, { status, card, at: now });
  const dealId = await writeDeal(step, plan, deal?.id ?? null);
  await bookOutcome(step, plan, dealId);
  await writePromises(step, { plan, open: promise, nextStep });
  for (const task of await stores.meetings.openTasks(meeting)) await stores.taskCommands.change(task.id, { doneAt: now });
  if (status === 'held') {
    await stores.meetings.saveContact(meeting.companyId, meeting.startsAt);
    await stores.calledCompany.resetTries(meeting.companyId);
  }
  await stores.audit.write({ userId: actor.id, action: 'meeting.close', entity: 'meeting', entityId: meeting.id, details: { status } });
}

async function writeDeal(step: MeetingStep, { deal }: MeetingPlan, openDealId: number | null): Promise<number | null> {
  const { stores, actor, meeting, change, now } = step;
  const by = { at: now, userId: actor.id, callId: null };
  let dealId = openDealId;
  if (deal?.kind === 'open')
    dealId = await stores.deals.open({
      companyId: meeting.companyId,
      ownerId: meeting.ownerId,
      title: meeting.companyName,
      position: deal.to,
      ...by,
    });
  if (deal?.kind === 'move') await stores.deals.move({ dealId: deal.dealId, from: deal.from, to: deal.to, ...by });
  if (deal && dealId !== null) await bookWin(step, 'stageUp', `stageUp:deal ${dealId}:${deal.to}`, dealId);
  if (change.amount !== undefined) {
    if (dealId === null) throw invalid('amount', 'noDeal', 'the company has no open deal to set a sum on');
    await stores.dealCommands.setAmount(dealId, change.amount);
  }
  return dealId;
}

/** The meeting counts for whose meeting it is, on his day. */
const countedBy = ({ stores, meeting, now }: MeetingStep) =>
  withoutCall(stores, { repId: meeting.ownerId, companyId: meeting.companyId, at: now });

async function bookWin(step: MeetingStep, kind: WinKind, key: string, dealId: number | null): Promise<void> {
  await recordWin(step.stores, { ...(await countedBy(step)), kind, key, dealId });
}

/** The ledger allows one attempt a meeting; it names the meeting, not the deal, which may have more of them. */
async function bookOutcome(step: MeetingStep, { yes }: MeetingPlan, dealId: number | null): Promise<void> {
  const { stores, meeting } = step;
  await recordAttempt(stores, { ...(await countedBy(step)), kind: 'holdMeeting', yes, dealId: null, meetingId: meeting.id });
  if (yes) await bookWin(step, 'meetingHeld', `meetingHeld:meeting ${meeting.id}`, dealId);
}

async function writePromises(
  step: MeetingStep,
  { plan, open, nextStep }: { plan: MeetingPlan; open: OpenPromise | null; nextStep: PromiseTimes | null },
): Promise<void> {
  const { stores, actor, meeting, change, settings, now } = step;
  const owner = { id: meeting.ownerId, timeZone: meeting.ownerTimeZone };
  const overCapacity = await askCapacity(stores, { actor: owner, body: { promise: change.nextStep }, settings, now }, nextStep);
  if (open && plan.openPromise !== 'keep')
    await stores.promises.close(open.id, { status: plan.openPromise === 'move' ? 'moved' : 'fulfilled', at: now, callId: null });
  if (!nextStep) return;
  const about = {
    companyId: meeting.companyId,
    contactId: meeting.contactId,
    repId: meeting.ownerId,
    madeInCallId: null,
    note: null,
    createdAt: now,
  };
  const made = await stores.promises.create({ ...nextStep, ...about, origin: 'meeting', overCapacity });
  if (open && plan.openPromise === 'move')
    await stores.promises.saveMovedTo(open.id, { promiseId: made.id, byUserId: actor.id, reason: 'meetingCard', at: now });
}
