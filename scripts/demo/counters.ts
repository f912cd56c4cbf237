/**
 * The counters as core/kpi/metrics.ts defines them, counted anew from the ledger of calls, attempts, promises and wins. A dial of a
 * promise counts in the hour of the dial; a promise that nobody dialled counts as broken on the day of its deadline.
 */
export const countFromLedger = `
INSERT INTO kpi_counter (day, hour, rep_id, team_id, list_id, channel_id, source_id, metric, value)
SELECT day, hour, rep_id, coalesce(team_id, 0), coalesce(list_id, 0), coalesce(channel_id, 0), coalesce(source_id, 0), metric, sum(value)::int
FROM (
  SELECT day, hour, rep_id, team_id, list_id, channel_id, source_id, counted.metric, counted.value
  FROM call
  CROSS JOIN LATERAL (VALUES
    ('dials', (direction = 'outbound' AND end_cause <> 'providerError')::int),
    ('providerErrors', (direction = 'outbound' AND end_cause = 'providerError')::int),
    ('connects', (answered_by = 'human')::int),
    ('talkSeconds', CASE WHEN answered_by = 'human' THEN talk_seconds ELSE 0 END)
  ) AS counted (metric, value)
  WHERE state = 'ended'
  UNION ALL
  SELECT day, hour, rep_id, team_id, list_id, channel_id, source_id, kind || CASE WHEN yes THEN '.yes' ELSE '.no' END, 1
  FROM attempt
  UNION ALL
  SELECT (counted_at AT TIME ZONE rep.time_zone)::date, extract(hour FROM counted_at AT TIME ZONE rep.time_zone)::int,
         promise.rep_id, rep.team_id, lead.list_id, company.channel_id, company.source_id, 'promises.' || promise.outcome, 1
  FROM promise
  CROSS JOIN LATERAL (SELECT CASE WHEN promise.outcome = 'broken' THEN promise.deadline_at ELSE promise.dialled_at END AS counted_at) AS moment
  JOIN app_user AS rep ON rep.id = promise.rep_id
  JOIN company ON company.id = promise.company_id
  LEFT JOIN lead ON lead.company_id = promise.company_id
  WHERE promise.outcome <> 'pending'
  UNION ALL
  SELECT day, hour, rep_id, team_id, list_id, channel_id, source_id, 'wins', 1 FROM win
  UNION ALL
  SELECT day, hour, rep_id, team_id, list_id, channel_id, source_id, 'started', 1 FROM win WHERE kind = 'workStarted'
) AS counts
GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
HAVING sum(value) > 0`;
