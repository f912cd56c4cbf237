import type { MeetingRecord, MeetingStore } from '../../../app/ports/stores/meetings.ts';
import type { Transaction } from '../client.ts';

export function meetingStore(transaction: Transaction): MeetingStore {
  return {
    lock: (meetingId) => lock(transaction, meetingId),
    close: async (meetingId, { status, card, at }) => {
      await transaction.meeting.update({ where: { id: meetingId }, data: { status, card, closedAt: at } });
    },
    moveTo: async (meetingId, startsAt) => {
      await transaction.meeting.update({ where: { id: meetingId }, data: { startsAt } });
    },
    openTasks: (meeting) => openTasks(transaction, meeting),
    saveContact: async (companyId, at) => {
      await transaction.$executeRaw`UPDATE company SET last_contact_at = greatest(last_contact_at, ${at}::timestamptz), updated_at = now() WHERE id = ${companyId}`;
    },
    createVisit: async (visit) => (await transaction.visit.create({ data: visit, select: { id: true } })).id,
  };
}

async function lock(transaction: Transaction, meetingId: number): Promise<MeetingRecord | null> {
  // The lead first, as everything that ends by placing it does.
  await transaction.$queryRaw`SELECT l.id FROM lead l JOIN meeting m ON m.company_id = l.company_id WHERE m.id = ${meetingId} FOR NO KEY UPDATE OF l`;
  const rows = await transaction.$queryRaw<MeetingRecord[]>`
    SELECT m.id, m.company_id AS "companyId", c.name AS "companyName", m.contact_id AS "contactId", m.deal_id AS "dealId",
      coalesce(d.status <> 'open', false) AS "dealClosed", m.owner_id AS "ownerId", u.team_id AS "ownerTeamId", u.time_zone AS "ownerTimeZone",
      m.set_in_call_id AS "callId", m.starts_at AS "startsAt", m.time_zone AS "timeZone", m.status::text AS status,
      (SELECT p.id FROM promise p WHERE p.company_id = m.company_id AND p.status = 'open' AND p.origin = 'meeting' AND p.promised_at = m.starts_at) AS "promiseId"
    FROM meeting m JOIN company c ON c.id = m.company_id JOIN app_user u ON u.id = m.owner_id LEFT JOIN deal d ON d.id = m.deal_id
    WHERE m.id = ${meetingId} FOR NO KEY UPDATE OF m`;
  return rows[0] ?? null;
}

async function openTasks(transaction: Transaction, { companyId, callId, ownerId }: MeetingRecord): ReturnType<MeetingStore['openTasks']> {
  // A meeting set in a call shares that call with its tasks; any other is known by its company and owner.
  const set = callId === null ? { assigneeId: ownerId, callId: null } : { callId };
  const tasks = await transaction.task.findMany({
    where: { companyId, doneAt: null, kind: { in: ['holdMeeting', 'prepareMeeting'] }, ...set },
    select: { id: true, kind: true, title: true, assigneeId: true },
    orderBy: { id: 'asc' },
  });
  return tasks.map((task) => ({ ...task, kind: task.kind === 'prepareMeeting' ? 'prepareMeeting' : 'holdMeeting' }));
}
