import type { MeetingQuery, MeetingView } from '../../contract/http/meetings.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { pageOfRows, readCursor } from '../page.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';
import { widestScope } from '../scope.ts';

export type MeetingContext = AppContext & { reads: Pick<Reads, 'meetings'> };

/** Meetings that the actor may see: those he set or whose deal is his, a lead's team, a head's all. */
export async function listMeetings(
  app: MeetingContext,
  actor: Actor,
  query: MeetingQuery,
): Promise<{ items: MeetingView[]; nextCursor: string | null }> {
  const [startsMillis, id] = readCursor(query.cursor, 2) ?? [];
  const after = startsMillis === undefined || id === undefined ? undefined : { startsAt: new Date(startsMillis), id };
  const { phase, companyId, ownerId, limit } = query;
  const rows = await app.reads.meetings.meetings({
    scope: widestScope(actor),
    phase,
    companyId,
    ownerId,
    after,
    limit,
    now: app.clock.now(),
  });
  return pageOfRows(rows, limit, (row) => [new Date(row.startsAt).getTime(), row.id]);
}

/** A meeting with its card. @throws Refused 404 also for one that is not his to see */
export async function getMeeting(app: MeetingContext, actor: Actor, meetingId: number): Promise<MeetingView> {
  const meeting = await app.reads.meetings.meeting(widestScope(actor), meetingId, app.clock.now());
  if (!meeting) throw notFound('meeting');
  return meeting;
}
