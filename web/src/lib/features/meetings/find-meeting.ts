import { getMeeting, listMeetings } from '$contract/http/meetings.ts';
import type { MeetingView } from '$contract/http/meetings.ts';
import { call } from '$lib/api.ts';

/** A meeting by its number, or the one that a task is about: set in the task's call, else the company's next without a card. */
export type MeetingKey = { meetingId: number } | { companyId: number; callId: number | null };

/** Null when there is none that the reader may see. */
export async function findMeeting(key: MeetingKey): Promise<MeetingView | null> {
  if ('meetingId' in key) return call(getMeeting, { params: { id: key.meetingId } });
  const { items } = await call(listMeetings, { query: { companyId: key.companyId, limit: 200 } });
  const ofCall = key.callId === null ? undefined : items.find((meeting) => meeting.callId === key.callId);
  return ofCall ?? items.find((meeting) => meeting.status === 'planned') ?? null;
}
