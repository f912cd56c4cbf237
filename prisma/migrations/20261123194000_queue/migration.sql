-- The queue of next calls. The order's pure twin is server/core/queue/order.ts (`orderQueue`); ranks are those of place.ts.

-- One stream per (pool, zone): obligations are ranges of sort_key inside ranks 0 and 1, the funnel is rank >= 100.
CREATE INDEX lead_queue_stream ON lead_queue (pool, zone, rank, sort_key, lead_id) WHERE NOT parked;
-- Leads that wait for an instant; the pop wakes those whose time has come.
CREATE INDEX lead_queue_parked ON lead_queue (pool, ready_at) WHERE parked;
ALTER TABLE lead_queue SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 500);
ALTER TABLE lead_claim SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 100);
-- The sweeper looks for claims whose holder fell silent.
CREATE INDEX lead_claim_lease ON lead_claim (lease_until);

-- One open promise per company: the obligation the queue orders by.
CREATE UNIQUE INDEX promise_open_per_company ON promise (company_id) WHERE status = 'open';
-- "Promises that fell due" and "promises broken at the end of the day", both by the deadline.
CREATE INDEX promise_open_deadline ON promise (deadline_at) WHERE status = 'open';
-- One open deal per company and funnel: calls move it instead of opening a second.
CREATE UNIQUE INDEX deal_open_per_company ON deal (company_id, funnel_id) WHERE status = 'open';

-- Whom this rep may call as of an instant, in order, at most p_limit; nothing is changed.
--   p_lists   active lists handed to him for that day
--   p_absent  absent colleagues whose overdue promises his team takes
--   p_open    zones inside calling hours at p_at (holidays and working days considered)
--   p_today   start of the rep's day
CREATE FUNCTION queue_candidates(
  p_rep int, p_lists int[], p_absent int[], p_open smallint[],
  p_at timestamptz, p_today timestamptz, p_rep_zone text, p_limit int
) RETURNS TABLE (lead_id int, pool int, zone smallint, rank smallint, sort_key bigint, ready_at timestamptz, tier text)
LANGUAGE plpgsql STABLE
-- The same few rows whatever the arguments: a generic plan is three times faster than planning anew (design/queue measurements).
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
DECLARE
  own int := -p_rep;
  absent int[] := ARRAY(SELECT -colleague FROM unnest(p_absent) AS colleague);
  funnel_pools int[] := own || p_lists;
  now_ms bigint := extract(epoch FROM p_at) * 1000;
  today_ms bigint := extract(epoch FROM p_today) * 1000;
  found int;
BEGIN
  RETURN QUERY
  WITH woken AS MATERIALIZED (
    SELECT q.* FROM lead_queue q
    WHERE q.parked AND q.pool = ANY (own || absent) AND q.ready_at <= p_at AND q.rank <= 1
  ), due AS (
    SELECT q.* FROM unnest(p_open) AS open_zone CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE NOT l.parked AND l.pool = own AND l.zone = open_zone AND l.rank = 0 AND l.sort_key >= now_ms
      ORDER BY l.sort_key, l.lead_id LIMIT p_limit) q
    UNION ALL
    -- Asked for outside the hours: inside its window the clock does not matter.
    SELECT q.* FROM zone AS any_zone CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE NOT l.parked AND l.pool = own AND l.zone = any_zone.id AND l.rank = 1 AND l.sort_key >= now_ms
      ORDER BY l.sort_key, l.lead_id LIMIT p_limit) q
    UNION ALL
    SELECT w.* FROM woken w WHERE w.pool = own AND w.sort_key >= now_ms AND (w.rank = 1 OR w.zone = ANY (p_open))
  ), overdue AS (
    SELECT q.* FROM unnest(own || absent) AS some_pool CROSS JOIN unnest(p_open) AS open_zone
    CROSS JOIN (VALUES (0::smallint), (1::smallint)) AS promise_rank (value)
    CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE NOT l.parked AND l.pool = some_pool AND l.zone = open_zone AND l.rank = promise_rank.value AND l.sort_key < now_ms) q
    UNION ALL
    SELECT w.* FROM woken w WHERE w.sort_key < now_ms AND w.zone = ANY (p_open)
  ), ordered AS (
    SELECT due.*, 1 AS part, NULL::date AS day, 'due' AS tier FROM due
    UNION ALL
    SELECT o.*,
      CASE WHEN o.sort_key >= today_ms THEN 2 ELSE 3 END,
      CASE WHEN o.sort_key < today_ms THEN (to_timestamp(o.sort_key / 1000.0) AT TIME ZONE p_rep_zone)::date END,
      CASE WHEN o.sort_key >= today_ms THEN 'overdueToday' ELSE 'overdueEarlier' END
    FROM overdue o
  )
  SELECT o.lead_id, o.pool, o.zone, o.rank, o.sort_key, o.ready_at, o.tier
  FROM ordered o ORDER BY o.part, o.day DESC, o.sort_key, o.lead_id LIMIT p_limit;
  GET DIAGNOSTICS found = ROW_COUNT;
  IF found >= p_limit THEN RETURN; END IF;

  RETURN QUERY
  WITH streams AS (
    SELECT q.* FROM unnest(funnel_pools) AS some_pool CROSS JOIN unnest(p_open) AS open_zone CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE NOT l.parked AND l.pool = some_pool AND l.zone = open_zone AND l.rank >= 100
      ORDER BY l.rank, l.sort_key, l.lead_id LIMIT p_limit) q
    UNION ALL
    SELECT q.* FROM lead_queue q
    WHERE q.parked AND q.pool = ANY (funnel_pools) AND q.ready_at <= p_at AND q.rank >= 100 AND q.zone = ANY (p_open)
  )
  SELECT s.lead_id, s.pool, s.zone, s.rank, s.sort_key, s.ready_at,
    CASE WHEN s.rank BETWEEN 200 AND 299 THEN 'hot' WHEN s.rank >= 500 THEN 'cold' WHEN s.rank >= 400 THEN 'early' ELSE 'customer' END
  FROM streams s ORDER BY s.rank, s.sort_key, s.lead_id LIMIT p_limit - found;
END $$;

-- Takes the first of the candidates that nobody else is taking and moves it to lead_claim; no row when there is none.
-- p_obligations_only: the promise guard holds everything else back.
CREATE FUNCTION queue_claim(
  p_rep int, p_lists int[], p_absent int[], p_open smallint[],
  p_at timestamptz, p_today timestamptz, p_rep_zone text, p_lease_until timestamptz, p_obligations_only boolean
) RETURNS TABLE (lead_id int, tier text)
LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
  candidate record;
  taken lead_queue;
  width int;
  seen int;
BEGIN
  UPDATE lead_queue q SET parked = false WHERE q.lead_id IN (
    SELECT p.lead_id FROM lead_queue p
    WHERE p.parked AND p.pool = ANY (p_lists || -p_rep || ARRAY(SELECT -colleague FROM unnest(p_absent) AS colleague)) AND p.ready_at <= p_at
    ORDER BY p.ready_at LIMIT 500 FOR UPDATE SKIP LOCKED);

  -- Widened when all heads are being taken by others; otherwise it would answer "none" though there are some.
  FOREACH width IN ARRAY ARRAY[2, 16, 128, 1024] LOOP
    seen := 0;
    FOR candidate IN SELECT * FROM queue_candidates(p_rep, p_lists, p_absent, p_open, p_at, p_today, p_rep_zone, width) LOOP
      seen := seen + 1;
      CONTINUE WHEN p_obligations_only AND candidate.rank > 1;
      -- The lead's own row is the lock that placing takes too, so that a lead is never both held and queued.
      PERFORM 1 FROM lead l WHERE l.id = candidate.lead_id FOR NO KEY UPDATE SKIP LOCKED;
      CONTINUE WHEN NOT FOUND;
      DELETE FROM lead_queue q
      WHERE q.lead_id = candidate.lead_id AND q.pool = candidate.pool AND q.rank = candidate.rank AND q.sort_key = candidate.sort_key
      RETURNING q.* INTO taken;
      CONTINUE WHEN NOT FOUND;
      INSERT INTO lead_claim (lead_id, rep_id, claimed_at, lease_until, pool, zone, rank, sort_key, ready_at, reason)
      VALUES (taken.lead_id, p_rep, p_at, p_lease_until, taken.pool, taken.zone, taken.rank, taken.sort_key, taken.ready_at, '{}');
      RETURN QUERY SELECT taken.lead_id, candidate.tier;
      RETURN;
    END LOOP;
    EXIT WHEN seen < width;
  END LOOP;
END $$;
