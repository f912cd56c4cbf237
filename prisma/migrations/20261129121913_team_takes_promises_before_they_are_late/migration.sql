-- The team takes promises before they are late: of who is absent from their beginning, of who is engaged in the last minutes.
-- Whom this rep may call as of an instant, in order, at most p_limit; nothing is changed. The pure twin is core/queue/order.ts.
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
  own int := -p_rep;
  now_ms bigint := extract(epoch FROM p_at) * 1000;
  today_ms bigint := extract(epoch FROM p_today) * 1000;
  aged_ms bigint := coalesce(extract(epoch FROM p_aged) * 1000, '-9223372036854775808'::bigint);
  reach_pools int[] := own || ARRAY(SELECT -colleague FROM unnest(p_colleagues) AS colleague);
  reach_ms bigint[] := 9223372036854775807 || ARRAY(SELECT (extract(epoch FROM before_at) * 1000)::bigint FROM unnest(p_before) AS before_at);
  found int;
BEGIN
  RETURN QUERY
  WITH reach AS (
    SELECT r.pool, r.before_ms, least(r.before_ms, now_ms) AS overdue_ms FROM unnest(reach_pools, reach_ms) AS r (pool, before_ms)
  ), woken AS MATERIALIZED (
    SELECT q.*, r.before_ms, r.overdue_ms FROM reach r JOIN lead_queue q ON q.pool = r.pool
    WHERE q.parked AND q.ready_at <= p_at AND q.rank <= 1
  ), due AS (
    SELECT q.* FROM reach r CROSS JOIN unnest(p_open) AS open_zone CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE NOT l.parked AND l.pool = r.pool AND l.zone = open_zone AND l.rank = 0 AND l.sort_key >= now_ms AND l.sort_key < r.before_ms
      ORDER BY l.sort_key, l.lead_id LIMIT p_limit) q
    WHERE r.before_ms > now_ms
    UNION ALL
    -- Asked for outside the hours: inside its window the clock does not matter.
    SELECT q.* FROM reach r CROSS JOIN zone AS any_zone CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE NOT l.parked AND l.pool = r.pool AND l.zone = any_zone.id AND l.rank = 1 AND l.sort_key >= now_ms AND l.sort_key < r.before_ms
      ORDER BY l.sort_key, l.lead_id LIMIT p_limit) q
    WHERE r.before_ms > now_ms
    UNION ALL
    SELECT w.lead_id, w.pool, w.zone, w.rank, w.sort_key, w.ready_at, w.parked
    FROM woken w WHERE w.sort_key >= now_ms AND w.sort_key < w.before_ms AND (w.rank = 1 OR w.zone = ANY (p_open))
  ), overdue AS (
    SELECT q.* FROM reach r CROSS JOIN unnest(p_open) AS open_zone
    CROSS JOIN (VALUES (0::smallint), (1::smallint)) AS promise_rank (value)
    CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE NOT l.parked AND l.pool = r.pool AND l.zone = open_zone AND l.rank = promise_rank.value AND l.sort_key < r.overdue_ms) q
    UNION ALL
    SELECT w.lead_id, w.pool, w.zone, w.rank, w.sort_key, w.ready_at, w.parked
    FROM woken w WHERE w.sort_key < w.overdue_ms AND w.zone = ANY (p_open)
  ), ordered AS (
    SELECT due.*, 1 AS part, NULL::date AS day, 'due' AS tier FROM due
    UNION ALL
    SELECT o.*,
      CASE WHEN o.sort_key < aged_ms THEN 0 WHEN o.sort_key >= today_ms THEN 2 ELSE 3 END,
      CASE WHEN o.sort_key >= aged_ms AND o.sort_key < today_ms THEN (to_timestamp(o.sort_key / 1000.0) AT TIME ZONE p_rep_zone)::date END,
      CASE WHEN o.sort_key >= today_ms THEN 'overdueToday' ELSE 'overdueEarlier' END
    FROM overdue o
  )
  SELECT o.lead_id, o.pool, o.zone, o.rank, o.sort_key, o.ready_at, o.tier
  FROM ordered o ORDER BY o.part, o.day DESC, o.sort_key, o.lead_id LIMIT p_limit;
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
