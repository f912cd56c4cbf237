import type { ListReads } from '../../../app/ports/reads/lists.ts';
import type { ListDepth, ListView } from '../../../contract/http/lists.ts';
import type { ListPaceFacts } from '../../../app/ports/stores/volleys.ts';
import { paceOf } from '../../../core/pacing/pace.ts';
import { coldRank } from '../../../core/queue/place.ts';
import { Prisma } from '../generated/client.ts';
import type { Prisma as Client } from '../client.ts';
import { dayOf } from '../days.ts';
import { listPaces } from '../stores/list-pace.ts';
import { listDialing } from './list-dialing.ts';
import { isoOf, isoOrNull } from './views.ts';

interface DepthRow extends Omit<ListDepth, 'total'> {
  listId: number;
  timeZone: string;
  regionId: number | null;
  region: string | null;
  total: number;
}

/** Each company in the first state that fits; by zone and region, so that one query tells both depth and where the cold ones are. */
const depthRows = (prisma: Client, listIds: number[]) => prisma.$queryRaw<DepthRow[]>`
  WITH state AS (
    SELECT entry.list_id, company.time_zone, company.region_id, CASE
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
  SELECT state.list_id AS "listId", state.time_zone AS "timeZone", region.id AS "regionId", region.name AS region, count(*)::int AS total,
         count(*) FILTER (WHERE state.name = 'promised')::int AS promised, count(*) FILTER (WHERE state.name = 'hot')::int AS hot,
         count(*) FILTER (WHERE state.name = 'customers')::int AS customers, count(*) FILTER (WHERE state.name = 'early')::int AS early,
         count(*) FILTER (WHERE state.name = 'inWork')::int AS "inWork", count(*) FILTER (WHERE state.name = 'cold')::int AS cold,
         count(*) FILTER (WHERE state.name = 'exhausted')::int AS exhausted, count(*) FILTER (WHERE state.name = 'out')::int AS out
    FROM state LEFT JOIN region ON region.id = state.region_id GROUP BY state.list_id, state.time_zone, region.id`;

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

const named = { select: { id: true, name: true } } as const;

/** The never dialled ones by what tells them apart, the most first. */
function coldBy<Key>(depths: readonly DepthRow[], keyOf: (depth: DepthRow) => Key): { first: DepthRow; cold: number }[] {
  const groups = new Map<Key, { first: DepthRow; cold: number }>();
  for (const depth of depths.filter(({ cold }) => cold > 0)) {
    const group = groups.get(keyOf(depth));
    groups.set(keyOf(depth), { first: group?.first ?? depth, cold: (group?.cold ?? 0) + depth.cold });
  }
  return [...groups.values()].toSorted((left, right) => right.cold - left.cold);
}

function listRows(prisma: Client, { teamId, listId }: { teamId: number | null; listId?: number }, today: string) {
  const fromToday = { endsOn: { gte: new Date(`${today}T00:00:00Z`) } };
  return prisma.callList.findMany({
    where: {
      ...(listId === undefined ? {} : { id: listId }),
      ...(teamId === null ? {} : { assignments: { some: { ...fromToday, rep: { teamId } } } }),
    },
    include: {
      script: named,
      skill: named,
      assignments: {
        where: { ...fromToday, ...(teamId === null ? {} : { rep: { teamId } }) },
        include: { rep: named },
        orderBy: [{ startsOn: 'asc' }, { repId: 'asc' }],
      },
    },
    orderBy: [{ priority: 'asc' }, { id: 'asc' }],
  });
}

function viewOf(row: Awaited<ReturnType<typeof listRows>>[number], depths: readonly DepthRow[], pace: ListPaceFacts | undefined): ListView {
  const own = depths.filter((depth) => depth.listId === row.id);
  return {
    id: row.id,
    name: row.name,
    priority: row.priority,
    status: row.status,
    script: row.script,
    skill: row.skill,
    createdAt: isoOf(row.createdAt),
    dialing: listDialing(row),
    pace: paceView(pace),
    russianAdvertising: row.russianAdvertising,
    depth: own.reduce(add, noDepth),
    zones: coldBy(own, (depth) => depth.timeZone).map(({ first, cold }) => ({ timeZone: first.timeZone, cold })),
    regions: coldBy(own, ({ regionId }) => regionId).flatMap(({ first: { regionId, region }, cold }) =>
      regionId === null || region === null ? [] : [{ id: regionId, name: region, cold }],
    ),
    assignments: row.assignments.map(({ rep, startsOn, endsOn }) => ({ rep, startsOn: dayOf(startsOn), endsOn: dayOf(endsOn) })),
  };
}

function paceView(pace: ListPaceFacts | undefined): ListView['pace'] {
  if (!pace) throw new Error('a list has no pace');
  const { answered, abandoned } = pace.ledger;
  return { answered, abandoned, ...paceOf(pace, false) };
}

export function listReads(prisma: Client): ListReads {
  return {
    lists: async (filter, today, now) => {
      const rows = await listRows(prisma, filter, today);
      const ids = rows.map(({ id }) => id);
      const [depths, paces] = await Promise.all([depthRows(prisma, ids), listPaces(prisma, ids, now)]);
      return rows.map((row) => viewOf(row, depths, paces.get(row.id)));
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
      SELECT person.id, person.name, team.name AS team, person.time_zone AS "timeZone",
             to_char(person.absent_from, 'YYYY-MM-DD') AS "absentFrom", to_char(person.absent_until, 'YYYY-MM-DD') AS "absentUntil",
             ARRAY(SELECT skill_id FROM user_skill WHERE user_id = person.id ORDER BY skill_id) AS "skillIds",
             (SELECT count(*)::int FROM list_assignment given WHERE given.rep_id = person.id AND ${today}::date BETWEEN given.starts_on AND given.ends_on) AS lists
        FROM app_user person LEFT JOIN team ON team.id = person.team_id
       WHERE person.disabled_at IS NULL AND person.role = 'rep' ${teamId === null ? Prisma.empty : Prisma.sql`AND person.team_id = ${teamId}`}
       ORDER BY team.name NULLS LAST, person.name, person.id`,
    coldLists: () => prisma.$queryRaw`
      SELECT id, priority,
             (SELECT count(*)::int FROM lead_queue place WHERE place.pool = list.id AND place.rank >= ${coldRank} AND place.sort_key < (1::bigint << 32)) AS cold
        FROM call_list list WHERE status = 'active' ORDER BY id`,
    assigned: (today) => prisma.$queryRaw`
      SELECT given.list_id AS "listId", given.rep_id AS "repId",
             to_char(given.starts_on, 'YYYY-MM-DD') AS "startsOn", to_char(given.ends_on, 'YYYY-MM-DD') AS "endsOn"
        FROM list_assignment given JOIN call_list list ON list.id = given.list_id AND list.status = 'active'
       WHERE given.ends_on >= ${today}::date`,
    regionDials: (since) => prisma.$queryRaw`
      SELECT call.rep_id AS "repId", company.region_id AS "regionId", count(*)::int AS dials
        FROM call JOIN company ON company.id = call.company_id
       WHERE call.day >= ${since}::date AND call.direction = 'outbound' AND company.region_id IS NOT NULL
       GROUP BY call.rep_id, company.region_id`,
    coldDials: (since) => prisma.$queryRaw`
      SELECT rep_id AS "repId", count(DISTINCT day)::int AS days,
             (count(*) FILTER (WHERE tier = 'cold'))::int AS dials
        FROM call WHERE day >= ${since}::date AND direction = 'outbound' GROUP BY rep_id`,
  };
}
