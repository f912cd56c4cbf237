import { nextWorkingDay } from '../../core/hours/calling-hours.ts';
import { dayBounds, localDay, localHour } from '../../core/hours/local-time.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import { recordAttempt } from '../kpi/count.ts';
import { companyHours } from '../queue/company-hours.ts';

/** Sweeper's part: a meeting without a card by the end of the next working day was not held (domain.md, `holdMeeting`). */
export async function holdMeetings(app: AppContext): Promise<{ failed: number }> {
  const now = app.clock.now();
  const settings = await app.settings.read();
  return app.unitOfWork.run(async (stores) => {
    const due = [];
    for (const meeting of await stores.deals.meetingsWithoutCard(now)) {
      const { hours, holidays } = await companyHours(stores, settings, meeting.companyId);
      const lastDay = nextWorkingDay(localDay(meeting.startsAt, meeting.timeZone), hours, holidays);
      if (dayBounds(lastDay, meeting.timeZone).end <= now) due.push(meeting);
    }
    for (const meeting of due) {
      const { id, companyId, ownerId, teamId, listId, channelId, sourceId, ownerTimeZone } = meeting;
      const day = localDay(now, ownerTimeZone);
      await stores.deals.failMeeting(id, now);
      const counted = { repId: ownerId, teamId, listId, channelId, sourceId, day, hour: localHour(now, ownerTimeZone) };
      await recordAttempt(stores, {
        ...counted,
        kind: 'holdMeeting',
        yes: false,
        at: now,
        companyId,
        callId: null,
        dealId: null,
        meetingId: id,
      });
    }
    if (due.length > 0) await announceBoardRows(stores, [...new Set(due.map((meeting) => meeting.ownerId))]);
    return { failed: due.length };
  });
}
