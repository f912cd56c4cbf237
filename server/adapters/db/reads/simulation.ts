import type { SimulationReads } from '../../../app/ports/reads/simulation.ts';
import { coldRank } from '../../../core/queue/place.ts';
import { isFresh } from '../../../core/simulation/learned.ts';
import { isAbsentOn } from '../absence.ts';
import type { Prisma as Client } from '../client.ts';
import { Prisma } from '../generated/client.ts';
import { readFacts } from '../stores/queue-facts.ts';

export function simulationReads(prisma: Client): SimulationReads {
  return {
    reps: (teamId, day) => prisma.$queryRaw<
      { id: number; name: string; timeZone: string; teamId: number | null; absent: boolean; listIds: number[]; skillIds: number[] }[]
    >`
      SELECT u.id, u.name, u.time_zone AS "timeZone", u.team_id AS "teamId", ${isAbsentOn('u', Prisma.sql`${day}::date`)} AS absent,
        ARRAY(SELECT DISTINCT a.list_id FROM list_assignment a JOIN call_list li ON li.id = a.list_id AND li.status = 'active'
          WHERE a.rep_id = u.id AND ${day}::date BETWEEN a.starts_on AND a.ends_on ORDER BY a.list_id) AS "listIds",
        ARRAY(SELECT s.skill_id FROM user_skill s WHERE s.user_id = u.id) AS "skillIds"
      FROM app_user u WHERE u.role = 'rep' AND u.disabled_at IS NULL AND (${teamId}::int IS NULL OR u.team_id = ${teamId}::int)
      ORDER BY u.name, u.id`,
    idleListIds: async (day) => {
      const rows = await prisma.$queryRaw<{ id: number }[]>`
        SELECT li.id FROM call_list li
        WHERE li.status = 'active' AND EXISTS (SELECT 1 FROM list_entry e WHERE e.list_id = li.id)
          AND NOT EXISTS (SELECT 1 FROM list_assignment a WHERE a.list_id = li.id AND ${day}::date BETWEEN a.starts_on AND a.ends_on)
        ORDER BY li.id`;
      return rows.map(({ id }) => id);
    },
    lists: (listIds) =>
      prisma.callList.findMany({
        where: { OR: [{ id: { in: [...listIds] } }, { status: 'active' }] },
        select: { id: true, name: true, skillId: true },
        orderBy: [{ priority: 'asc' }, { id: 'asc' }],
      }),
    // One snapshot: a lead that is placed anew between the two reads would otherwise count twice or not at all.
    leads: (pools, before) =>
      prisma.$transaction(
        async (transaction) => {
          const ids = await transaction.$queryRaw<{ leadId: number }[]>`
            SELECT q.lead_id AS "leadId" FROM unnest(${pools.map(({ id }) => id)}::int[], ${pools.map(({ limit }) => limit)}::int[]) AS pool (id, most) CROSS JOIN LATERAL (
              SELECT lead_id FROM lead_queue WHERE pool = pool.id AND ready_at < ${before}::timestamptz
              ORDER BY rank, sort_key, lead_id LIMIT pool.most) q`;
          const facts = await readFacts(
            transaction,
            'lead',
            ids.map(({ leadId }) => leadId),
          );
          const cold = await transaction.$queryRaw<{ listId: number; count: number }[]>`
            SELECT pool AS "listId", count(*)::int AS count FROM lead_queue
            WHERE pool = ANY(${pools.flatMap(({ id }) => (id > 0 ? [id] : []))}::int[]) AND rank >= ${coldRank} AND sort_key < (1::bigint << 32)
              AND ready_at < ${before}::timestamptz GROUP BY pool`;
          const here = (listId: number): number => facts.filter((lead) => lead.list?.id === listId && isFresh(lead)).length;
          return { facts, coldBeyond: cold.map(({ listId, count }) => ({ listId, count: Math.max(0, count - here(listId)) })) };
        },
        { isolationLevel: 'RepeatableRead' },
      ),
    pauses: async (since) => {
      const [row] = await prisma.$queryRaw<{ meanSeconds: number | null; count: number }[]>`
        SELECT avg(seconds)::float8 AS "meanSeconds", count(*)::int AS count FROM (
          SELECT extract(epoch FROM intent_at - lag(coalesce(disposed_at, ended_at)) OVER (PARTITION BY rep_id, day ORDER BY intent_at)) AS seconds
          FROM call WHERE day >= ${since}::date AND direction = 'outbound' AND state = 'ended') AS gap
        WHERE seconds BETWEEN 0 AND 3600`;
      return { meanSeconds: row?.meanSeconds ?? 0, count: row?.count ?? 0 };
    },
    answers: (since) => prisma.$queryRaw<{ kind: 'promise' | 'stage' | 'cold'; dials: number; answered: number }[]>`
      SELECT CASE WHEN tier IN ('due', 'overdueToday', 'overdueEarlier') THEN 'promise' WHEN tier = 'cold' THEN 'cold' ELSE 'stage' END AS kind,
        count(*)::int AS dials, count(*) FILTER (WHERE answered_at IS NOT NULL AND end_cause = 'completed')::int AS answered
      FROM call WHERE day >= ${since}::date AND direction = 'outbound' AND state = 'ended' AND end_cause <> 'providerError' AND tier IS NOT NULL
      GROUP BY 1`,
  };
}
