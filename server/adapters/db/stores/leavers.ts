import type { LeaverStore, OpenWork } from '../../../app/ports/stores/leavers.ts';
import { addDays } from '../../../core/hours/local-time.ts';
import type { Transaction } from '../client.ts';
import { dateOfDay } from '../days.ts';

async function openWorkOf(transaction: Transaction, userId: number): Promise<OpenWork> {
  const companies = await transaction.company.count({ where: { ownerId: userId } });
  const promises = await transaction.promise.count({ where: { repId: userId, status: 'open' } });
  const tasks = await transaction.task.count({ where: { assigneeId: userId, doneAt: null } });
  const deals = await transaction.deal.count({ where: { ownerId: userId, status: 'open' } });
  const handoffs = await transaction.handoff.count({ where: { sellerId: userId, status: 'pending' } });
  return { companies, promises, tasks, deals, handoffs };
}

/** Lists go on to every taker for the days that are left; the leaver keeps the days that were. */
async function handOnLists(transaction: Transaction, leaverId: number, takers: number[], today: string): Promise<void> {
  await transaction.$executeRaw`
    INSERT INTO list_assignment (list_id, rep_id, starts_on, ends_on)
    SELECT a.list_id, taker, greatest(a.starts_on, ${today}::date), a.ends_on
    FROM list_assignment a CROSS JOIN unnest(${takers}::int[]) AS taker
    WHERE a.rep_id = ${leaverId} AND a.ends_on >= ${today}::date
    ON CONFLICT (list_id, rep_id, starts_on) DO UPDATE SET ends_on = greatest(list_assignment.ends_on, excluded.ends_on)`;
  await transaction.listAssignment.deleteMany({ where: { repId: leaverId, startsOn: { gte: dateOfDay(today) } } });
  await transaction.listAssignment.updateMany({
    where: { repId: leaverId, endsOn: { gte: dateOfDay(today) } },
    data: { endsOn: dateOfDay(addDays(today, -1)) },
  });
}

export function leaverStore(transaction: Transaction): LeaverStore {
  return {
    openWorkOf: (userId) => openWorkOf(transaction, userId),
    takersInTeam: async (teamId, leaverId) => {
      const members = await transaction.user.findMany({
        where: { teamId, disabledAt: null, id: { not: leaverId }, role: { in: ['rep', 'seller', 'lead'] } },
        orderBy: { id: 'asc' },
        select: { id: true, role: true },
      });
      const reps = members.filter((member) => member.role !== 'lead');
      return (reps.length > 0 ? reps : members).map((member) => member.id);
    },
    handOn: async (leaverId, takerIds, today) => {
      const takers = [...takerIds];
      const moved = await openWorkOf(transaction, leaverId);
      const companies = await transaction.$queryRaw<{ id: number }[]>`
        UPDATE company SET owner_id = share.taker, updated_at = now()
        FROM (SELECT id, (${takers}::int[])[1 + (row_number() OVER (ORDER BY id) - 1) % ${takers.length}] AS taker FROM company WHERE owner_id = ${leaverId}) share
        WHERE company.id = share.id RETURNING company.id`;
      await transaction.$executeRaw`
        UPDATE task SET updated_at = now(), assignee_id = coalesce(
          (SELECT c.owner_id FROM company c WHERE c.id = task.company_id AND c.owner_id = ANY(${takers}::int[])), (${takers}::int[])[1 + task.id % ${takers.length}])
        WHERE assignee_id = ${leaverId} AND done_at IS NULL`;
      await transaction.$executeRaw`
        UPDATE deal SET updated_at = now(), owner_id = CASE WHEN c.owner_id = ANY(${takers}::int[]) THEN c.owner_id ELSE (${takers}::int[])[1 + deal.id % ${takers.length}] END
        FROM company c WHERE c.id = deal.company_id AND deal.owner_id = ${leaverId} AND deal.status = 'open'`;
      await transaction.$executeRaw`
        UPDATE meeting SET owner_id = CASE WHEN c.owner_id = ANY(${takers}::int[]) THEN c.owner_id ELSE (${takers}::int[])[1 + meeting.id % ${takers.length}] END
        FROM company c WHERE c.id = meeting.company_id AND meeting.owner_id = ${leaverId} AND meeting.status = 'planned'`;
      await transaction.$executeRaw`
        UPDATE handoff SET seller_id = (${takers}::int[])[1 + id % ${takers.length}] WHERE seller_id = ${leaverId} AND status = 'pending'`;
      await handOnLists(transaction, leaverId, takers, today);
      return { moved, companyIds: companies.map((row) => row.id) };
    },
  };
}
