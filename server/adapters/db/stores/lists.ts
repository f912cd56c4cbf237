import type { DialingChange, ListStore } from '../../../app/ports/stores/lists.ts';
import { Prisma } from '../generated/client.ts';
import { isAbsentOn } from '../absence.ts';
import type { Transaction } from '../client.ts';
import { dayOf } from '../days.ts';
import { listDialing } from '../reads/list-dialing.ts';
import { putIntoList } from './list-entries.ts';

const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

const columnsOf = ({ mode, countdownSeconds, lines, capPercent }: DialingChange) => ({
  ...(mode === undefined ? {} : { dialMode: mode }),
  ...(countdownSeconds === undefined ? {} : { countdownSeconds }),
  ...(lines === undefined ? {} : { lines }),
  ...(capPercent === undefined ? {} : { capPercent }),
});

async function nameIsFree(transaction: Transaction, name: string, exceptId: number): Promise<boolean> {
  return (await transaction.callList.findFirst({ where: { name, id: { not: exceptId } }, select: { id: true } })) === null;
}

async function replaceAssignments(
  transaction: Transaction,
  ...[listId, assignments, today]: Parameters<ListStore['replaceAssignments']>
): ReturnType<ListStore['replaceAssignments']> {
  // What began before today and goes on is cut at yesterday unless it is handed out again just so.
  await transaction.$executeRaw`SELECT 1 FROM call_list WHERE id = ${listId} FOR UPDATE`;
  const before = await transaction.listAssignment.findMany({
    where: { listId, endsOn: { gte: dateOf(today) } },
    orderBy: [{ startsOn: 'asc' }, { repId: 'asc' }],
  });
  const kept = assignments.map(({ repId, startsOn }) => Prisma.sql`(${repId}::int, ${startsOn}::date)`);
  const isKept = kept.length === 0 ? Prisma.sql`false` : Prisma.sql`(rep_id, starts_on) IN (${Prisma.join(kept)})`;
  await transaction.$executeRaw`UPDATE list_assignment SET ends_on = ${today}::date - 1 WHERE list_id = ${listId} AND starts_on < ${today}::date AND ends_on >= ${today}::date AND NOT ${isKept}`;
  await transaction.$executeRaw`DELETE FROM list_assignment WHERE list_id = ${listId} AND starts_on >= ${today}::date`;
  for (const { repId, startsOn, endsOn } of assignments) {
    await transaction.listAssignment.upsert({
      where: { listId_repId_startsOn: { listId, repId, startsOn: dateOf(startsOn) } },
      create: { listId, repId, startsOn: dateOf(startsOn), endsOn: dateOf(endsOn) },
      update: { endsOn: dateOf(endsOn) },
    });
  }
  return before.map(({ repId, startsOn, endsOn }) => ({ repId, startsOn: dayOf(startsOn), endsOn: dayOf(endsOn) }));
}

export function listStore(transaction: Transaction): ListStore {
  return {
    find: async (listId) => {
      const row = await transaction.callList.findUnique({ where: { id: listId } });
      if (!row) return null;
      const { id, name, priority, status, russianAdvertising } = row;
      return { id, name, priority, status, russianAdvertising, dialing: listDialing(row) };
    },
    create: async ({ dialing, ...list }) => {
      if (!(await nameIsFree(transaction, list.name, 0))) return null;
      return (await transaction.callList.create({ data: { ...list, ...columnsOf(dialing) }, select: { id: true } })).id;
    },
    change: async (listId, { dialing, ...change }) => {
      if (change.name !== undefined && !(await nameIsFree(transaction, change.name, listId))) return false;
      await transaction.callList.update({ where: { id: listId }, data: { ...change, ...columnsOf(dialing ?? {}) } });
      return true;
    },
    addCompanies: (listId, companyIds, now) => putIntoList(transaction, listId, companyIds, now),
    moveCompanies: async (listId, companyIds, now) => {
      await putIntoList(transaction, listId, companyIds, now);
      await transaction.$executeRaw`
        UPDATE lead SET list_id = entry.list_id, position = entry.position FROM list_entry entry
        WHERE entry.list_id = ${listId} AND entry.company_id = lead.company_id AND lead.company_id = ANY(${[...companyIds]}::int[])`;
    },
    callersOf: async (userIds) => {
      const rows = await transaction.user.findMany({
        where: { id: { in: [...userIds] }, disabledAt: null, role: { in: ['rep', 'lead'] } },
        select: { id: true },
      });
      return rows.map(({ id }) => id);
    },
    replaceAssignments: (listId, assignments, today) => replaceAssignments(transaction, listId, assignments, today),
    takeLeads: async (listId) => {
      await transaction.$executeRaw`
        INSERT INTO lead (company_id, list_id, position)
        SELECT company_id, list_id, position FROM list_entry WHERE list_id = ${listId}
        ON CONFLICT (company_id) DO UPDATE SET list_id = excluded.list_id, position = excluded.position
          WHERE (lead.list_id, lead.position) IS DISTINCT FROM (excluded.list_id, excluded.position)`;
    },
    companyIds: async (listId) => {
      const rows = await transaction.lead.findMany({ where: { listId }, select: { companyId: true }, orderBy: { companyId: 'asc' } });
      return rows.map(({ companyId }) => companyId);
    },
    repsAtWork: (listId, now) => transaction.$queryRaw<{ repId: number; openPromises: number }[]>`
      SELECT rep.id AS "repId", (SELECT count(*)::int FROM promise WHERE promise.rep_id = rep.id AND status = 'open') AS "openPromises"
        FROM app_user rep
        CROSS JOIN LATERAL (SELECT (${now}::timestamptz AT TIME ZONE rep.time_zone)::date AS today) AS his
       WHERE rep.disabled_at IS NULL
         AND NOT ${isAbsentOn('rep', Prisma.sql`his.today`)}
         AND EXISTS (SELECT 1 FROM list_assignment given WHERE given.list_id = ${listId} AND given.rep_id = rep.id AND his.today BETWEEN given.starts_on AND given.ends_on)`,
    openSourcePromises: async (promises) => {
      await transaction.promise.createMany({ data: promises.map((promise) => ({ ...promise, kind: 'window', origin: 'source' })) });
    },
  };
}
