import type { LedgerCounts, RecordingLedger } from '../../../contract/http/recordings.ts';
import type { Prisma } from '../client.ts';

interface Count {
  day: string;
  status: 'pending' | 'ready' | 'partial' | 'missing' | 'erased' | null;
  reason: string | null;
  calls: number;
}

function countsOf(counts: readonly Count[]): LedgerCounts {
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
    erased: sum('erased'),
    unaccounted: sum(null),
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
    SELECT call.day::text AS day, recording.status::text AS status, recording.missing_reason AS reason, count(*)::int AS calls
    FROM call LEFT JOIN recording ON recording.call_id = call.id
    WHERE call.state = 'ended' AND call.answered_at IS NOT NULL AND call.day BETWEEN ${from}::date AND ${to}::date
    GROUP BY 1, 2, 3 ORDER BY 1 DESC`;
  const days = [...new Set(counts.map((count) => count.day))];
  return {
    from,
    to,
    ...countsOf(counts),
    missingReasons: reasonsOf(counts),
    days: days.map((day) => ({ day, ...countsOf(counts.filter((count) => count.day === day)) })),
  };
}
