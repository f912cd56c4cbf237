import type { ListReads } from '../../../app/ports/reads/lists.ts';
import type { ListDepth, ListView } from '../../../contract/http/lists.ts';
import { Prisma } from '../generated/client.ts';
import type { Prisma as Client } from '../client.ts';
import { dayOf } from '../days.ts';
import { isoOf, isoOrNull } from './views.ts';

interface DepthRow extends Omit<ListDepth, 'total'> {
  listId: number;
  timeZone: string;
  total: number;
}

/** Each company in the first state that fits; by zone, so that one query tells both depth and where the cold ones are. */
const depthRows = (prisma: Client, listIds: number[]) => prisma.$queryRaw<DepthRow[]>`
  WITH state AS (
    SELECT entry.list_id, company.time_zone, CASE
        WHEN company.status <> 'active' OR company.do_not_call OR NOT EXISTS (SELECT 1 FROM phone WHERE phone.company_id = company.id AND retired_at IS NULL) THEN 'out'
        WHEN EXISTS (SELECT 1 FROM promise WHERE promise.company_id = company.id AND promise.status = 'open') THEN 'promised'
        WHEN deal.heat = 'hot' THEN 'hot'
        WHEN company.is_customer THEN 'customers'
        WHEN deal.heat IS NOT NULL THEN 'early'
        WHEN lead.exhausted_at IS NOT NULL THEN 'exhausted'
        WHEN coalesce(lead.tries_total, 0) > 0 THEN 'inWork'
        ELSE 'cold' END AS name
      FROM list_entry entry
      JOIN company ON company.id = entry.company_id
      LEFT JOIN lead ON lead.company_id = company.id
      LEFT JOIN LATERAL (
        SELECT stage.heat::text FROM deal JOIN stage ON stage.id = deal.stage_id
         WHERE deal.company_id = company.id AND deal.status = 'open' ORDER BY stage.position DESC LIMIT 1
      ) AS deal ON true
     WHERE entry.list_id = ANY(${listIds}::int[])
  )
  SELECT list_id AS "listId", time_zone AS "timeZone", count(*)::int AS total,
         count(*) FILTER (WHERE name = 'promised')::int AS promised, count(*) FILTER (WHERE name = 'hot')::int AS hot,
         count(*) FILTER (WHERE name = 'customers')::int AS customers, count(*) FILTER (WHERE name = 'early')::int AS early,
         count(*) FILTER (WHERE name = 'inWork')::int AS "inWork", count(*) FILTER (WHERE name = 'cold')::int AS cold,
         count(*) FILTER (WHERE name = 'exhausted')::int AS exhausted, count(*) FILTER (WHERE name = 'out')::int AS out
    FROM state GROUP BY list_id, time_zone`;

const noDepth: ListDepth = { total: 0, promised: 0, hot: 0, customers: 0, early: 0, inWork: 0, cold: 0, exhausted: 0, out: 0 };
const add = (left: ListDepth, right: ListDepth): ListDepth => ({
  total: left.total + right.total,
  promised: left.promised + right.promised,
  hot: left.hot + right.hot,
  customers: left.customers + right.customers,
  early: left.early + right.early,
  inWork: left.inWork + right.inWork,
  cold: left.cold + right.cold,
  exhausted: left.exhausted + right.exhausted,
  out: left.out + right.out,
});

export function listReads(prisma: Client): ListReads {
  return {
    lists: async ({ teamId, listId }, today) => {
      const fromToday = { endsOn: { gte: new Date(`${today}T00:00:00Z`) } };
      const rows = await prisma.callList.findMany({
        where: {
          ...(listId === undefined ? {} : { id: listId }),
          ...(teamId === null ? {} : { assignments: { some: { ...fromToday, rep: { teamId } } } }),
        },
        include: {
          script: { select: { id: true, name: true } },
          assignments: {
            where: { ...fromToday, ...(teamId === null ? {} : { rep: { teamId } }) },
            include: { rep: { select: { id: true, name: true } } },
            orderBy: [{ startsOn: 'asc' }, { repId: 'asc' }],
          },
        },
        orderBy: [{ priority: 'asc' }, { id: 'asc' }],
      });
      const depths = await depthRows(
        prisma,
        rows.map(({ id }) => id),
      );
      return rows.map((row): ListView => {
        const own = depths.filter((depth) => depth.listId === row.id);
        return {
          id: row.id,
          name: row.name,
          priority: row.priority,
          status: row.status,
          script: row.script,
          createdAt: isoOf(row.createdAt),
          depth: own.reduce(add, noDepth),
          zones: own
            .filter(({ cold }) => cold > 0)
            .map(({ timeZone, cold }) => ({ timeZone, cold }))
            .toSorted((left, right) => right.cold - left.cold),
          assignments: row.assignments.map(({ rep, startsOn, endsOn }) => ({ rep, startsOn: dayOf(startsOn), endsOn: dayOf(endsOn) })),
        };
      });
    },
    entries: async (listId, { after, limit }) => {
      const rows = await prisma.listEntry.findMany({
        where: { listId, position: { gt: after } },
        include: { company: { include: { region: true, lead: true } } },
        orderBy: { position: 'asc' },
        take: limit,
      });
      return rows.map(({ position, company }) => ({
        companyId: company.id,
        name: company.name,
        position,
        category: company.category,
        region: company.region?.name ?? null,
        timeZone: company.timeZone,
        triesTotal: company.lead?.triesTotal ?? 0,
        lastTriedAt: isoOrNull(company.lead?.lastTriedAt ?? null),
        exhausted: Boolean(company.lead?.exhaustedAt),
        calledFromHere: company.lead?.listId === listId,
      }));
    },
    callers: (teamId, today) => prisma.$queryRaw`
      SELECT person.id, person.name, team.name AS team,
             (SELECT count(*)::int FROM list_assignment given WHERE given.rep_id = person.id AND ${today}::date BETWEEN given.starts_on AND given.ends_on) AS lists
        FROM app_user person LEFT JOIN team ON team.id = person.team_id
       WHERE person.disabled_at IS NULL AND person.role = 'rep' ${teamId === null ? Prisma.empty : Prisma.sql`AND person.team_id = ${teamId}`}
       ORDER BY team.name NULLS LAST, person.name, person.id`,
  };
}
