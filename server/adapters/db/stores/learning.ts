import type { LearningStore } from '../../../app/ports/stores/learning.ts';
import type { Transaction } from '../client.ts';

export function learningStore(transaction: Transaction): LearningStore {
  return {
    lastLearnedAt: async () => {
      await transaction.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('zagon.learning'))`;
      return (await transaction.callDuration.aggregate({ _max: { learnedAt: true } }))._max.learnedAt;
    },
    learn: async (since, now) => {
      await transaction.callDuration.deleteMany();
      // Ten points of equal weight, the middle of each tenth; a call that was left lying for hours teaches nothing.
      await transaction.$executeRaw`
        INSERT INTO call_duration (list_id, code, calls, seconds, learned_at)
        SELECT coalesce(list_id, 0), disposition_code, count(*)::int,
          (percentile_cont(ARRAY[.05, .15, .25, .35, .45, .55, .65, .75, .85, .95]) WITHIN GROUP (ORDER BY seconds))::int[], ${now}::timestamptz
        FROM (
          SELECT nullif(list_id, 0) AS list_id, disposition_code, extract(epoch FROM disposed_at - intent_at)::float8 AS seconds FROM call
          WHERE day >= ${since}::date AND direction = 'outbound' AND disposed_at IS NOT NULL AND disposition_code IS NOT NULL
            AND disposed_at - intent_at BETWEEN interval '1 second' AND interval '1 hour') AS made
        GROUP BY GROUPING SETS ((disposition_code), (list_id, disposition_code))
        HAVING GROUPING(list_id) = 1 OR list_id IS NOT NULL`;
      await transaction.answerHour.deleteMany();
      await transaction.$executeRaw`
        INSERT INTO answer_hour (channel_id, region_id, hour, dials, answered)
        SELECT coalesce(channel_id, 0), coalesce(region_id, 0), hour, count(*)::int,
          count(*) FILTER (WHERE answered_at IS NOT NULL AND coalesce(answered_by, 'human') <> 'machine')::int
        FROM (
          SELECT c.channel_id, c.region_id, extract(hour FROM k.intent_at AT TIME ZONE c.time_zone)::smallint AS hour, k.answered_at, k.answered_by
          FROM call k JOIN company c ON c.id = k.company_id
          WHERE k.day >= ${since}::date AND k.direction = 'outbound' AND k.state = 'ended' AND k.end_cause <> 'providerError') AS dialled
        GROUP BY GROUPING SETS ((hour), (channel_id, region_id, hour))
        HAVING GROUPING(channel_id) = 1 OR (channel_id IS NOT NULL AND region_id IS NOT NULL)`;
    },
  };
}
