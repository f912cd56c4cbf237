import type { OverdueRecordings } from '../../../app/ports/reads/recordings.ts';
import type { LedgerAlarm, LedgerCounts, RecordingLedger } from '../../../contract/http/recordings.ts';
import type { Prisma, Transaction } from '../client.ts';
import { Prisma as Sql } from '../generated/client.ts';
import { isoOrNull } from './views.ts';

interface Count {
  day: string;
  status: 'pending' | 'ready' | 'partial' | 'missing' | 'erased' | null;
  reason: string | null;
  accepted: boolean;
  calls: number;
  /** Nobody recorded them: they ended while the prospect heard that he would be. */
  cutShort: boolean;
}

function countsOf(all: readonly Count[]): LedgerCounts {
  const counts = all.filter(({ cutShort }) => !cutShort);
  const sum = (...statuses: Count['status'][]): number =>
    counts.filter((count) => statuses.includes(count.status)).reduce((total, count) => total + count.calls, 0);
  const answeredCalls = counts.reduce((total, count) => total + count.calls, 0);
  return {
    answeredCalls,
    recordings: answeredCalls - sum(null),
    playable: sum('ready', 'partial'),
    partial: sum('partial'),
    pending: sum('pending'),
    missing: sum('missing'),
    accepted: counts.filter((count) => count.status === 'missing' && count.accepted).reduce((total, count) => total + count.calls, 0),
    erased: sum('erased'),
    unaccounted: sum(null),
    cutShort: all.filter(({ cutShort }) => cutShort).reduce((total, count) => total + count.calls, 0),
  };
}

function reasonsOf(counts: readonly Count[]): RecordingLedger['missingReasons'] {
  const reasons = new Map<string, number>();
  for (const { status, reason, calls } of counts)
    if (status === 'missing') reasons.set(reason ?? '', (reasons.get(reason ?? '') ?? 0) + calls);
  return [...reasons].map(([reason, count]) => ({ reason, count })).sort((left, right) => right.count - left.count);
}

/** Answered calls of the days `from` to `to`, both included, by what became of their recordings. */
export async function recordingLedger(prisma: Prisma, from: string, to: string): Promise<RecordingLedger> {
  const counts = await prisma.$queryRaw<Count[]>`
    SELECT call.day::text AS day, recording.status::text AS status, recording.missing_reason AS reason,
      recording.loss_accepted_at IS NOT NULL AS accepted, call.announcement IS NOT DISTINCT FROM 'cutShort' AND coalesce(recording.status = 'missing', true) AS "cutShort",
      count(*)::int AS calls
    FROM call LEFT JOIN recording ON recording.call_id = call.id
    WHERE call.state = 'ended' AND call.answered_at IS NOT NULL AND call.day BETWEEN ${from}::date AND ${to}::date
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1 DESC`;
  const days = [...new Set(counts.map((count) => count.day))];
  return {
    from,
    to,
    ...countsOf(counts),
    missingReasons: reasonsOf(counts),
    days: days.map((day) => ({ day, ...countsOf(counts.filter((count) => count.day === day)) })),
  };
}

/** Whether the call `c` is one that the alarm counts; the rows that the alarm opens go by the same words. */
export const isOverdue = ({ endedFrom, endedBefore }: OverdueRecordings): Sql.Sql => Sql.sql`
  c.ended_at >= ${endedFrom} AND c.ended_at < ${endedBefore} AND c.answered_at IS NOT NULL AND c.state = 'ended'
  AND c.announcement IS DISTINCT FROM 'cutShort'
  AND NOT EXISTS (SELECT FROM recording r
    WHERE r.call_id = c.id AND (r.status IN ('ready', 'partial', 'erased') OR r.loss_accepted_at IS NOT NULL))`;

export async function ledgerAlarm(transaction: Pick<Transaction, '$queryRaw'>, which: OverdueRecordings): Promise<LedgerAlarm> {
  const [alarm] = await transaction.$queryRaw<{ calls: number; since: Date | null }[]>`
    SELECT count(*)::int AS calls, min(c.ended_at) AS since FROM call c WHERE ${isOverdue(which)}`;
  return { calls: alarm?.calls ?? 0, since: isoOrNull(alarm?.since ?? null) };
}

export async function filesToCheck(
  prisma: Prisma,
  seenBefore: Date,
  limit: number,
): Promise<{ id: number; storageKey: string; sizeBytes: number | null }[]> {
  return prisma.$queryRaw`
    SELECT id, storage_key AS "storageKey", size_bytes AS "sizeBytes" FROM recording
    WHERE storage_key IS NOT NULL AND status IN ('ready', 'partial', 'missing') AND (checked_at IS NULL OR checked_at < ${seenBefore})
    ORDER BY checked_at NULLS FIRST LIMIT ${limit}`;
}
