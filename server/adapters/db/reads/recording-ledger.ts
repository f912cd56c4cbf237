import type { RecordingLedger } from '../../../contract/http/recordings.ts';
import type { Prisma } from '../client.ts';

interface Count {
  status: 'pending' | 'ready' | 'partial' | 'missing' | 'erased' | null;
  reason: string | null;
  calls: number;
}

/** Answered calls of the days `from` to `to`, both included, by what became of their recordings. */
export async function recordingLedger(prisma: Prisma, from: string, to: string): Promise<RecordingLedger> {
  const counts = await prisma.$queryRaw<Count[]>`
    SELECT recording.status::text AS status, recording.missing_reason AS reason, count(*)::int AS calls
    FROM call LEFT JOIN recording ON recording.call_id = call.id
    WHERE call.state = 'ended' AND call.answered_at IS NOT NULL AND call.day BETWEEN ${from}::date AND ${to}::date
    GROUP BY 1, 2`;
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
    missingReasons: counts
      .filter((count) => count.status === 'missing')
      .map((count) => ({ reason: count.reason ?? '', count: count.calls }))
      .sort((left, right) => right.count - left.count),
  };
}
