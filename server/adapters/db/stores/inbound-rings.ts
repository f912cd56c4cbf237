import type { InboundStore } from '../../../app/ports/stores/inbound.ts';
import type { Answerer } from '../../../core/inbound/decide-ring.ts';
import { isAbsentOn } from '../absence.ts';
import type { Transaction } from '../client.ts';
import { Prisma } from '../generated/client.ts';

type Rings = Pick<InboundStore, 'answerers' | 'rings' | 'startRings' | 'stopRings' | 'decline' | 'ringing'>;

type AnswererRow = Omit<Answerer, 'inHours'> & { timeZone: string };

/** For whom arriving calls ring. */
export function inboundRings(transaction: Transaction): Rings {
  return {
    answerers: async (callId, now, inHours) => {
      const rows = await transaction.$queryRaw<AnswererRow[]>`
        SELECT u.id AS "repId", u.time_zone AS "timeZone",
          CASE WHEN u.id = k.rep_id THEN 'holder' WHEN u.id = c.rep_id THEN 'owner' ELSE 'team' END AS relation,
          coalesce(pr.state = 'ready' AND pr.lease_until > ${now}::timestamptz, false) AS ready,
          EXISTS (SELECT FROM call x WHERE x.rep_id = u.id AND (NOT x.untaken OR x.volley_id IS NOT NULL) AND (x.state <> 'ended' OR x.disposed_at IS NULL))
            OR EXISTS (SELECT FROM call y WHERE y.party = 'rep:' || u.id AND y.party_state <> 'asked' AND y.state <> 'ended') AS "inCall",
          ${isAbsentOn('u', Prisma.sql`(${now}::timestamptz AT TIME ZONE u.time_zone)::date`)} AS absent,
          r.declined_at IS NOT NULL AS declined, r.rang_at AS "rangAt"
        FROM call c JOIN app_user owner ON owner.id = c.rep_id
        LEFT JOIN lead_claim k ON k.lead_id = c.lead_id
        JOIN app_user u ON u.disabled_at IS NULL
          AND (u.id = c.rep_id OR u.id = k.rep_id OR (u.role = 'rep' AND u.team_id IS NOT DISTINCT FROM owner.team_id))
        LEFT JOIN presence pr ON pr.user_id = u.id
        LEFT JOIN call_ring r ON r.call_id = c.id AND r.rep_id = u.id
        WHERE c.id = ${callId} ORDER BY u.id`;
      return rows.map(({ timeZone, ...row }) => ({ ...row, inHours: inHours(timeZone) }));
    },
    rings: async (callId) => {
      const rows = await transaction.callRing.findMany({ where: { callId }, orderBy: { repId: 'asc' } });
      return rows.map((row) => ({ repId: row.repId, ringing: row.stoppedAt === null }));
    },
    startRings: async (callId, repIds, stage, now) => {
      for (const repId of repIds) {
        // Who was rung before keeps the instant from which his time is counted.
        await transaction.callRing.upsert({
          where: { callId_repId: { callId, repId } },
          create: { callId, repId, stage, rangAt: now },
          update: { stage, stoppedAt: null },
        });
      }
    },
    stopRings: async (callId, repIds, now) => {
      const whose = repIds === 'all' ? {} : { repId: { in: [...repIds] } };
      await transaction.callRing.updateMany({ where: { callId, stoppedAt: null, ...whose }, data: { stoppedAt: now } });
    },
    decline: async (callId, repId, now) => {
      const { count } = await transaction.callRing.updateMany({
        where: { callId, repId, declinedAt: null },
        data: { declinedAt: now, stoppedAt: now },
      });
      return count === 1;
    },
    ringing: async (repId) => {
      const rows = await transaction.callRing.findMany({
        where: { repId, stoppedAt: null, call: { untaken: true, state: { not: 'ended' } } },
        select: { callId: true },
        orderBy: { callId: 'asc' },
      });
      return rows.map((row) => row.callId);
    },
  };
}
