import { faultOfPromise, type PromiseTimes } from '../../core/promises/promise-times.ts';
import { invalid } from '../problem.ts';
import { announceTask } from '../tasks/create-task.ts';
import { agreedTimes } from '../promises/agreed-times.ts';
import type { MeetingStep } from './meeting-step.ts';

/** Moves a meeting to another time: its task, and the promise that it is, go with it. The reason is kept. */
export async function moveMeeting(step: MeetingStep, localTime: string): Promise<void> {
  const { stores, actor, meeting, change, now } = step;
  const { reason } = change;
  if (reason === undefined) throw invalid('reason', 'required', 'say why the meeting moves');
  const agreed = await agreedTimes({ ...step, companyId: step.meeting.companyId, timeZone: step.meeting.timeZone }, 'localTime', {
    kind: 'exact',
    localTime,
  });
  const fault = faultOfPromise(agreed, now) ?? (agreed.promisedAt <= now ? 'inThePast' : null);
  if (fault) throw invalid('localTime', fault, `localTime: ${fault}`);
  const startsAt = agreed.promisedAt;
  await stores.meetings.moveTo(meeting.id, startsAt);
  await movePromise(step, agreed, reason);
  for (const task of await stores.meetings.openTasks(meeting)) {
    if (task.kind !== 'holdMeeting') continue;
    await stores.taskCommands.change(task.id, { dueAt: startsAt });
    if (task.assigneeId !== actor.id) await announceTask(stores.outbox, { ...task, companyId: meeting.companyId, dueAt: startsAt });
  }
  const details = { from: meeting.startsAt.toISOString(), to: startsAt.toISOString(), reason };
  await stores.audit.write({ userId: actor.id, action: 'meeting.move', entity: 'meeting', entityId: meeting.id, details });
}

async function movePromise({ stores, actor, meeting, now }: MeetingStep, agreed: PromiseTimes, reason: string): Promise<void> {
  const open = await stores.promises.openOf(meeting.companyId);
  if (!open || open.id !== meeting.promiseId) return;
  await stores.promises.close(open.id, { status: 'moved', at: now, callId: null });
  const about = {
    companyId: meeting.companyId,
    contactId: meeting.contactId,
    repId: open.repId,
    madeInCallId: null,
    note: null,
    createdAt: now,
  };
  const made = await stores.promises.create({ ...agreed, ...about, origin: 'meeting', overCapacity: false });
  await stores.promises.saveMovedTo(open.id, { promiseId: made.id, byUserId: actor.id, reason, at: now });
}
