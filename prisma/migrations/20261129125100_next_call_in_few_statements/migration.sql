-- The next call in few statements. What the rules look at stands in one place, in the base, so that the claim can answer it at once.

-- Everything about a lead that decides whether, and when in the order, it is called (server/core/queue/facts.ts), and the words that
-- an explanation needs.
CREATE VIEW lead_facts AS
SELECT l.id AS lead_id, c.id AS company_id, c.time_zone, c.category::text AS category, c.status::text AS status,
  to_char(c.not_now_until, 'YYYY-MM-DD') AS not_now_until, c.do_not_call, c.is_customer,
  coalesce(r.country, 'RU') AS country, c.call_from, c.call_to, c.lunch_from, c.lunch_to,
  ph.consents <> '{}' AS has_phone,
  CASE WHEN 'given' = ANY (ph.consents) THEN 'given' WHEN 'unknown' = ANY (ph.consents) THEN 'unknown' ELSE 'withdrawn' END AS consent,
  coalesce(p.rep_id, c.owner_id) AS rep_id,
  l.list_id, li.priority AS list_priority, li.status = 'active' AS list_active, l.position,
  d.position AS stage_position, d.heat AS stage_heat, c.last_contact_at,
  p.starts_at, p.promised_at, p.deadline_at, p.asked_outside_hours, p.origin = 'inbound' AS missed_call,
  l.retry_at, l.last_call_at, l.tries_total, l.tries_today, to_char(l.tries_on, 'YYYY-MM-DD') AS tries_on,
  l.exhausted_at IS NOT NULL AS exhausted, k.rep_id AS held_by,
  c.name AS company_name, d.name AS stage_name, li.name AS list_name, u.name AS owner_name
FROM lead l
JOIN company c ON c.id = l.company_id
LEFT JOIN region r ON r.id = c.region_id
CROSS JOIN LATERAL (
  SELECT coalesce(array_agg(CASE WHEN n.consent = 'unknown' THEN c.consent::text ELSE n.consent::text END), '{}') AS consents
  FROM phone n WHERE n.company_id = c.id AND n.retired_at IS NULL AND NOT n.do_not_call) ph
LEFT JOIN call_list li ON li.id = l.list_id
LEFT JOIN promise p ON p.company_id = c.id AND p.status = 'open'
LEFT JOIN app_user u ON u.id = coalesce(p.rep_id, c.owner_id)
LEFT JOIN lead_claim k ON k.lead_id = l.id
LEFT JOIN LATERAL (
  SELECT s.position, s.heat::text AS heat, s.name FROM deal x JOIN stage s ON s.id = x.stage_id
  WHERE x.company_id = c.id AND x.status = 'open' ORDER BY s.position DESC LIMIT 1) d ON true;

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
  found int := 0;
BEGIN
  -- Most reps most of the time owe nobody a call at this very minute: a look into the index is cheaper than asking for each tier.
  IF EXISTS (SELECT FROM lead_queue l WHERE NOT l.parked AND l.pool = ANY (reach_pools) AND l.rank <= 1)
    OR EXISTS (SELECT FROM lead_queue l WHERE l.parked AND l.pool = ANY (reach_pools) AND l.ready_at <= p_at)
  THEN
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
  END IF;
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

DROP FUNCTION queue_claim(int, int[], int[], timestamptz[], smallint[], timestamptz, timestamptz, timestamptz, text, timestamptz);

-- The next call of a rep, whole: his row is locked, so that two of his windows get the same; a call of his that is live or has no
-- outcome stops it (the wrap-up gate); what he holds already is his for another lease; else the first of the candidates that nobody
-- else is taking is moved to lead_claim. Its reason is written by the same transaction in the next statement.
-- Rows, by `part`:
--   live, undisposed  his open call; nothing else is done
--   held              what he holds, with the instant and the reason of the claim
--   taken             what he got
--   next              the runner-up: who would have been taken otherwise
--   owed              his obligations whose time has come but which nobody may call now, the most pressing first, of the p_owed most pressing
CREATE FUNCTION queue_take(
  p_rep int, p_funnel int[], p_colleagues int[], p_before timestamptz[], p_open smallint[],
  p_at timestamptz, p_today timestamptz, p_aged timestamptz, p_rep_zone text, p_lease_until timestamptz, p_owed int
) RETURNS TABLE (part text, claimed_at timestamptz, reason jsonb, facts lead_facts)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
-- A handful of leads is looked up by keys; the generic plan would rather read whole tables of people and lists.
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  pools int[] := p_funnel || -p_rep || ARRAY(SELECT -colleague FROM unnest(p_colleagues) AS colleague);
  candidate record;
  is_live boolean;
  found_claim lead_claim;
  taken lead_queue;
  next_id int;
  told int[];
  width int;
  seen int;
BEGIN
  PERFORM 1 FROM app_user u WHERE u.id = p_rep FOR NO KEY UPDATE;
  -- Two indexes, each for one half of the question.
  SELECT x.state <> 'ended' INTO is_live FROM (
    SELECT c.id, c.state FROM call c WHERE c.rep_id = p_rep AND c.state <> 'ended' AND NOT c.untaken
    UNION ALL
    SELECT c.id, c.state FROM call c WHERE c.rep_id = p_rep AND c.disposed_at IS NULL AND NOT c.untaken
  ) x ORDER BY x.id DESC LIMIT 1;
  IF FOUND THEN
    RETURN QUERY SELECT CASE WHEN is_live THEN 'live' ELSE 'undisposed' END, NULL::timestamptz, NULL::jsonb, NULL::lead_facts;
    RETURN;
  END IF;

  UPDATE lead_claim k SET lease_until = p_lease_until WHERE k.rep_id = p_rep RETURNING k.* INTO found_claim;
  IF FOUND THEN
    RETURN QUERY SELECT 'held', found_claim.claimed_at, found_claim.reason, f FROM lead_facts f WHERE f.lead_id = found_claim.lead_id;
    RETURN;
  END IF;

  IF EXISTS (SELECT FROM lead_queue p WHERE p.parked AND p.pool = ANY (pools) AND p.ready_at <= p_at) THEN
    UPDATE lead_queue q SET parked = false WHERE q.lead_id IN (
      SELECT p.lead_id FROM lead_queue p WHERE p.parked AND p.pool = ANY (pools) AND p.ready_at <= p_at
      ORDER BY p.ready_at LIMIT 500 FOR UPDATE SKIP LOCKED);
  END IF;

  -- Widened when all heads are being taken by others; otherwise it would answer "none" though there are some.
  FOREACH width IN ARRAY ARRAY[4, 16, 128, 1024] LOOP
    seen := 0;
    FOR candidate IN
      SELECT * FROM queue_candidates(p_rep, p_funnel, p_colleagues, p_before, p_open, p_at, p_today, p_aged, p_rep_zone, width)
    LOOP
      seen := seen + 1;
      IF taken.lead_id IS NOT NULL THEN
        next_id := candidate.lead_id;
        EXIT;
      END IF;
      -- The lead's own row is the lock that placing takes too, so that a lead is never both held and queued.
      PERFORM 1 FROM lead l WHERE l.id = candidate.lead_id FOR NO KEY UPDATE SKIP LOCKED;
      CONTINUE WHEN NOT FOUND;
      DELETE FROM lead_queue q
      WHERE q.lead_id = candidate.lead_id AND q.pool = candidate.pool AND q.rank = candidate.rank AND q.sort_key = candidate.sort_key
      RETURNING q.* INTO taken;
      CONTINUE WHEN NOT FOUND;
    END LOOP;
    EXIT WHEN taken.lead_id IS NOT NULL OR seen < width;
  END LOOP;
  IF taken.lead_id IS NULL THEN RETURN; END IF;

  INSERT INTO lead_claim (lead_id, rep_id, claimed_at, lease_until, pool, zone, rank, sort_key, ready_at, reason)
  VALUES (taken.lead_id, p_rep, p_at, p_lease_until, taken.pool, taken.zone, taken.rank, taken.sort_key, taken.ready_at, '{}');
  -- The last of those that were looked at hides who comes after it.
  IF next_id IS NULL AND seen = width THEN
    SELECT c.lead_id INTO next_id
    FROM queue_candidates(p_rep, p_funnel, p_colleagues, p_before, p_open, p_at, p_today, p_aged, p_rep_zone, 1) c;
  END IF;
  told := ARRAY[taken.lead_id, next_id] || ARRAY(
    SELECT l.id FROM (
      SELECT o.company_id, o.deadline_at, o.id FROM promise o
      WHERE o.rep_id = p_rep AND o.status = 'open' AND o.starts_at <= p_at ORDER BY o.deadline_at, o.id LIMIT p_owed
    ) AS pressing
    JOIN lead l ON l.company_id = pressing.company_id
    WHERE l.id <> taken.lead_id
      -- Who could have been called simply stands later.
      AND NOT EXISTS (SELECT FROM lead_queue q WHERE q.lead_id = l.id AND NOT q.parked AND q.zone = ANY (p_open))
    ORDER BY pressing.deadline_at, pressing.id);
  RETURN QUERY
    SELECT CASE f.lead_id WHEN told[1] THEN 'taken' WHEN told[2] THEN 'next' ELSE 'owed' END, p_at, NULL::jsonb, f
    FROM lead_facts f WHERE f.lead_id = ANY (told) ORDER BY array_position(told, f.lead_id);
END $$;
