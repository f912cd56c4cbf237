import type { ListPaceFacts } from '../../../app/ports/stores/volleys.ts';
import { Prisma } from '../generated/client.ts';
import type { Transaction } from '../client.ts';

/** The cap is held over so many days. */
const capDays = 30;
/** The share of answers is learned of so many newest dials. */
const learnedOf = 300;

interface PaceRow extends Pick<ListPaceFacts, 'mode' | 'most' | 'threshold'> {
  listId: number;
  capPercent: number;
  answered: number;
  abandoned: number;
  atRisk: number;
  dials: number;
  answeredOfDials: number;
  ringSeconds: number;
}

const isAnswered = Prisma.sql`
  c.direction = 'outbound' AND c.answered_at IS NOT NULL AND c.answered_by IS DISTINCT FROM 'machine' AND c.end_cause IS DISTINCT FROM 'machine'`;

/** What the last thirty days of these lists say of their cap, and their newest dials of their answers. */
export async function listPaces(
  transaction: Pick<Transaction, '$queryRaw'>,
  listIds: readonly number[],
  now: Date,
): Promise<ReadonlyMap<number, ListPaceFacts>> {
  const since = Prisma.sql`${now}::timestamptz - make_interval(days => ${capDays})`;
  const rows = await transaction.$queryRaw<PaceRow[]>`
    SELECT l.id AS "listId", l.dial_mode::text AS mode, l.lines AS most, l.line_threshold AS threshold, l.cap_percent AS "capPercent",
      (SELECT count(*)::int FROM call c WHERE c.list_id = l.id AND c.intent_at >= ${since} AND ${isAnswered}) AS answered,
      (SELECT count(*)::int FROM call c WHERE c.list_id = l.id AND c.intent_at >= ${since} AND c.abandoned_at IS NOT NULL) AS abandoned,
      (SELECT coalesce(sum(greatest(0, v.live - 1)), 0)::int FROM (
        SELECT count(*) AS live FROM volley o JOIN call c ON c.volley_id = o.id AND c.state <> 'ended' AND c.abandoned_at IS NULL
        WHERE o.ended_at IS NULL AND o.list_id = l.id GROUP BY o.id) v) AS "atRisk",
      n.dials, n.answered AS "answeredOfDials", n.ring_seconds AS "ringSeconds"
    FROM call_list l
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS dials, count(*) FILTER (WHERE ${isAnswered})::int AS answered,
        coalesce(sum(extract(epoch FROM c.answered_at - coalesce(c.dialed_at, c.intent_at))) FILTER (WHERE ${isAnswered}), 0)::float8 AS ring_seconds
      FROM (SELECT * FROM call x WHERE x.list_id = l.id AND x.direction = 'outbound' ORDER BY x.intent_at DESC LIMIT ${learnedOf}) c
      WHERE c.state = 'ended') n
    WHERE l.id = ANY(${[...listIds]}::int[])`;
  return new Map(rows.map((row) => [row.listId, factsOf(row)]));
}

const factsOf = ({ mode, most, threshold, capPercent, answered, abandoned, atRisk, ...row }: PaceRow): ListPaceFacts => ({
  mode,
  most,
  threshold,
  ledger: { capPercent, answered, abandoned, atRisk },
  seen: { dials: row.dials, answered: row.answeredOfDials, ringSeconds: row.ringSeconds },
});
