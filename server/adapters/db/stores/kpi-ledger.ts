import { Prisma } from '../generated/client.ts';

/** Whether a call was answered by a human; the twin of `connected` in core/calls/fold-call.ts. */
const isConnected = Prisma.sql`(c.answered_at IS NOT NULL AND c.answered_by IS DISTINCT FROM 'machine' AND c.end_cause IS DISTINCT FROM 'machine')`;

/** Whether a call is a dial, or would be one had the carrier not failed; the twin of `countsOfCall` in core/kpi/metrics.ts. */
const reachedCarrier = Prisma.sql`(c.direction = 'outbound' AND c.dialed_at IS NOT NULL)`;

export const isDial = Prisma.sql`(c.state = 'ended' AND ${reachedCarrier} AND c.end_cause IS DISTINCT FROM 'providerError')`;
export const isProviderError = Prisma.sql`(c.state = 'ended' AND ${reachedCarrier} AND c.end_cause = 'providerError')`;
export const isConnect = Prisma.sql`(c.state = 'ended' AND ${isConnected})`;

const dimensions = (row: Prisma.Sql, rep = Prisma.sql`rep_id`): Prisma.Sql => Prisma.sql`
  ${row}.day, ${row}.hour, ${row}.${rep} AS rep_id, coalesce(${row}.team_id, 0) AS team_id, coalesce(${row}.list_id, 0) AS list_id,
  coalesce(${row}.channel_id, 0) AS channel_id, coalesce(${row}.source_id, 0) AS source_id`;

const calls = dimensions(Prisma.sql`c`);

/** Every counter as the records say: what `kpi_counter` must equal at any time. */
export const countersOfLedger = Prisma.sql`
  SELECT day, hour, rep_id, team_id, list_id, channel_id, source_id, metric, sum(value)::int AS value FROM (
    SELECT ${calls}, 'dials' AS metric, 1 AS value FROM call c WHERE ${isDial}
    UNION ALL SELECT ${calls}, 'providerErrors', 1 FROM call c WHERE ${isProviderError}
    UNION ALL SELECT ${calls}, 'connects', 1 FROM call c WHERE ${isConnect}
    UNION ALL SELECT ${calls}, 'talkSeconds', c.talk_seconds FROM call c WHERE ${isConnect}
    UNION ALL SELECT ${dimensions(Prisma.sql`a`)}, a.kind::text || CASE WHEN a.yes THEN '.yes' ELSE '.no' END, 1 FROM attempt a
    UNION ALL SELECT ${dimensions(Prisma.sql`p`, Prisma.sql`counted_rep_id`)}, 'promises.' || p.outcome::text, 1 FROM promise p WHERE p.day IS NOT NULL
    UNION ALL SELECT ${dimensions(Prisma.sql`w`)}, 'wins', 1 FROM win w
    UNION ALL SELECT ${dimensions(Prisma.sql`w`)}, 'started', 1 FROM win w WHERE w.kind = 'workStarted'
  ) every_one
  GROUP BY day, hour, rep_id, team_id, list_id, channel_id, source_id, metric
  HAVING sum(value) <> 0`;

/** Fills the empty table of counters from the records. */
export const countFromLedger = Prisma.sql`
  INSERT INTO kpi_counter (day, hour, rep_id, team_id, list_id, channel_id, source_id, metric, value)
  SELECT day, hour, rep_id, team_id, list_id, channel_id, source_id, metric, value FROM (${countersOfLedger}) counted`;
