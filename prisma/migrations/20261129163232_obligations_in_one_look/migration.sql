-- The obligations a rep may see, in one look: by pool and deadline, whatever their calendar. There are few in a pool, so reading those that
-- cannot be called now as well costs less than a look for each pool, calendar and rank (serves queue_candidates).
CREATE INDEX lead_queue_owed ON lead_queue (pool, sort_key, lead_id) WHERE rank <= 1;

-- As before, with one look at the obligations instead of one for each pool, calendar and rank. The pure twin is core/queue/order.ts.
--   p_funnel      pools whose calls that are no obligations he may start: his lists of that day and minus his own id,
--                 without those that the promise guard holds back
--   p_colleagues  colleagues whose promises his team takes, p_before the instant before which each one's deadline must lie: in the past
--                 only overdue ones are meant, in the future also those that are due
--   p_open        calendars inside calling hours at p_at
--   p_today       start of the rep's day
--   p_aged        promises with an earlier deadline go before everything else; null when promises do not age
CREATE OR REPLACE FUNCTION queue_candidates(
  p_rep int, p_funnel int[], p_colleagues int[], p_before timestamptz[], p_open smallint[],
  p_at timestamptz, p_today timestamptz, p_aged timestamptz, p_rep_zone text, p_limit int
) RETURNS TABLE (lead_id int, pool int, zone smallint, rank smallint, sort_key bigint, ready_at timestamptz, tier text)
LANGUAGE plpgsql STABLE
-- The same few rows whatever the arguments: a generic plan is three times faster than planning anew.
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  now_ms bigint := extract(epoch FROM p_at) * 1000;
  today_ms bigint := extract(epoch FROM p_today) * 1000;
  aged_ms bigint := coalesce(extract(epoch FROM p_aged) * 1000, '-9223372036854775808'::bigint);
  found int := 0;
BEGIN
  RETURN QUERY
  WITH owed AS (
    SELECT q.*, CASE WHEN q.sort_key < aged_ms THEN 0 WHEN q.sort_key >= now_ms THEN 1 WHEN q.sort_key >= today_ms THEN 2 ELSE 3 END AS part
    FROM (
      SELECT -p_rep AS pool, 9223372036854775807 AS before_ms
      UNION ALL
      SELECT -r.colleague, (extract(epoch FROM r.before_at) * 1000)::bigint FROM unnest(p_colleagues, p_before) AS r (colleague, before_at)
    ) AS reach CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE l.rank <= 1 AND l.pool = reach.pool AND l.sort_key < reach.before_ms AND (NOT l.parked OR l.ready_at <= p_at)
        -- Asked for outside the hours: inside its window the clock does not matter.
        AND (l.zone = ANY (p_open) OR l.rank = 1 AND l.sort_key >= now_ms)) AS q
  )
  SELECT o.lead_id, o.pool, o.zone, o.rank, o.sort_key, o.ready_at,
    CASE WHEN o.sort_key >= now_ms THEN 'due' WHEN o.sort_key >= today_ms THEN 'overdueToday' ELSE 'overdueEarlier' END
  FROM owed o
  ORDER BY o.part, CASE WHEN o.part = 3 THEN (to_timestamp(o.sort_key / 1000.0) AT TIME ZONE p_rep_zone)::date END DESC, o.sort_key, o.lead_id
  LIMIT p_limit;
  GET DIAGNOSTICS found = ROW_COUNT;
  IF found >= p_limit OR cardinality(p_funnel) = 0 THEN RETURN; END IF;

  RETURN QUERY
  WITH streams AS (
    SELECT q.* FROM unnest(p_funnel) AS some_pool CROSS JOIN unnest(p_open) AS open_zone CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE NOT l.parked AND l.pool = some_pool AND l.zone = open_zone AND l.rank >= 100
      ORDER BY l.rank, l.sort_key, l.lead_id LIMIT p_limit) q
    UNION ALL
    SELECT q.* FROM lead_queue q
    WHERE q.parked AND q.pool = ANY (p_funnel) AND q.ready_at <= p_at AND q.rank >= 100 AND q.zone = ANY (p_open)
  )
  SELECT s.lead_id, s.pool, s.zone, s.rank, s.sort_key, s.ready_at,
    CASE WHEN s.rank BETWEEN 200 AND 299 THEN 'hot' WHEN s.rank >= 500 THEN 'cold' WHEN s.rank >= 400 THEN 'early' ELSE 'customer' END
  FROM streams s ORDER BY s.rank, s.sort_key, s.lead_id LIMIT p_limit - found;
END $$;
