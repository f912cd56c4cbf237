import type { MeetingChange, MeetingView } from '../../contract/http/meetings.ts';
import type { Actor } from '../actor.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import { conflict, invalid, notFound } from '../problem.ts';
import { placeLead } from '../queue/place-lead.ts';
import { closeMeeting } from './close-meeting.ts';
import type { MeetingStep } from './meeting-step.ts';
import { moveMeeting } from './move-meeting.ts';
import { getMeeting, type MeetingContext } from './read-meetings.ts';

function apply(step: MeetingStep): Promise<void> {
  const { status, localTime } = step.change;
  if (status !== undefined) return closeMeeting(step, status);
  if (localTime !== undefined) return moveMeeting(step, localTime);
  throw invalid('status', 'required', 'say how the meeting went, or to what time it moves');
}

/**
 * Gives a planned meeting its card with all that follows, or moves it to another time, in one transaction.
 * @throws Refused 404; 409 `meetingClosed`, `overCapacity`; 422 with the field that is missing or does not fit
 */
export async function updateMeeting(app: MeetingContext, actor: Actor, meetingId: number, change: MeetingChange): Promise<MeetingView> {
  await getMeeting(app, actor, meetingId);
  const settings = await app.settings.read();
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const meeting = await stores.meetings.lock(meetingId);
    if (!meeting) throw notFound('meeting');
    if (meeting.status !== 'planned') throw conflict('meetingClosed', 'this meeting has its card already');
    await apply({ stores, actor, meeting, change, settings, now });
    await placeLead(stores, { companyId: meeting.companyId, now, settings });
    await announceBoardRows(stores, [meeting.ownerId]);
  });
  return getMeeting(app, actor, meetingId);
}
