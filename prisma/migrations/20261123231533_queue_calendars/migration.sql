-- CreateEnum
CREATE TYPE "Consent" AS ENUM ('unknown', 'given', 'withdrawn');

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "call_from" TEXT,
ADD COLUMN     "call_to" TEXT,
ADD COLUMN     "consent" "Consent" NOT NULL DEFAULT 'unknown',
ADD COLUMN     "lunch_from" TEXT,
ADD COLUMN     "lunch_to" TEXT;

-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "last_call_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "phone" ADD COLUMN     "consent" "Consent" NOT NULL DEFAULT 'unknown',
ADD COLUMN     "do_not_call" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "zone" ADD COLUMN "call_from" TEXT,
ADD COLUMN     "call_to" TEXT,
ADD COLUMN     "country" TEXT NOT NULL DEFAULT 'RU',
ADD COLUMN     "lunch_from" TEXT,
ADD COLUMN     "lunch_to" TEXT,
ADD COLUMN     "time_zone" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "call_duration" (
    "list_id" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "seconds" INTEGER[],
    "learned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_duration_pkey" PRIMARY KEY ("list_id","code")
);

-- CreateTable
CREATE TABLE "answer_hour" (
    "channel_id" INTEGER NOT NULL,
    "region_id" INTEGER NOT NULL,
    "hour" SMALLINT NOT NULL,
    "dials" INTEGER NOT NULL,
    "answered" INTEGER NOT NULL,

    CONSTRAINT "answer_hour_pkey" PRIMARY KEY ("channel_id","region_id","hour")
);

-- A zone of the queue was a time zone; now it is a calendar. What is queued keeps its stream, other countries get their own.
UPDATE zone SET time_zone = name, name = name || '|RU';
ALTER TABLE zone ALTER COLUMN country DROP DEFAULT, ALTER COLUMN time_zone DROP DEFAULT;
INSERT INTO zone (name, time_zone, country)
SELECT DISTINCT c.time_zone || '|' || r.country, c.time_zone, r.country
FROM lead_queue q JOIN lead l ON l.id = q.lead_id JOIN company c ON c.id = l.company_id JOIN region r ON r.id = c.region_id
WHERE r.country <> 'RU' ON CONFLICT DO NOTHING;
UPDATE lead_queue q SET zone = z.id
FROM lead l JOIN company c ON c.id = l.company_id JOIN region r ON r.id = c.region_id
JOIN zone z ON z.name = c.time_zone || '|' || r.country
WHERE l.id = q.lead_id AND r.country <> 'RU';
-- Companies without a call so far keep no pause.
UPDATE lead SET last_call_at = last_tried_at WHERE last_tried_at IS NOT NULL;

DROP FUNCTION queue_claim(int, int[], int[], smallint[], timestamptz, timestamptz, text, timestamptz, boolean);
DROP FUNCTION queue_candidates(int, int[], int[], smallint[], timestamptz, timestamptz, text, int);

-- Whom this rep may call as of an instant, in order, at most p_limit; nothing is changed. The pure twin is core/queue/order.ts.
--   p_funnel      pools whose calls that are no obligations he may start: his lists of that day and minus his own id,
--                 without those that the promise guard holds back
--   p_colleagues  colleagues whose overdue promises his team takes, p_before the instant before which each one's deadline must lie
--   p_open        calendars inside calling hours at p_at
--   p_today       start of the rep's day
--   p_aged        promises with an earlier deadline go before everything else; null when promises do not age
CREATE FUNCTION queue_candidates(
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
  reach_ms bigint[] := now_ms || ARRAY(SELECT (extract(epoch FROM before_at) * 1000)::bigint FROM unnest(p_before) AS before_at);
  found int;
BEGIN
  RETURN QUERY
  WITH reach AS (
    SELECT * FROM unnest(reach_pools, reach_ms) AS r (pool, before_ms)
  ), woken AS MATERIALIZED (
    SELECT q.*, r.before_ms FROM reach r JOIN lead_queue q ON q.pool = r.pool
    WHERE q.parked AND q.ready_at <= p_at AND q.rank <= 1
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
    SELECT w.lead_id, w.pool, w.zone, w.rank, w.sort_key, w.ready_at, w.parked
    FROM woken w WHERE w.pool = own AND w.sort_key >= now_ms AND (w.rank = 1 OR w.zone = ANY (p_open))
  ), overdue AS (
    SELECT q.* FROM reach r CROSS JOIN unnest(p_open) AS open_zone
    CROSS JOIN (VALUES (0::smallint), (1::smallint)) AS promise_rank (value)
    CROSS JOIN LATERAL (
      SELECT * FROM lead_queue l
      WHERE NOT l.parked AND l.pool = r.pool AND l.zone = open_zone AND l.rank = promise_rank.value AND l.sort_key < r.before_ms) q
    UNION ALL
    SELECT w.lead_id, w.pool, w.zone, w.rank, w.sort_key, w.ready_at, w.parked
    FROM woken w WHERE w.sort_key < w.before_ms AND w.zone = ANY (p_open)
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

-- How many a rep may call as of an instant, by tier, each counted up to p_most: what is shown must not grow with the base.
CREATE FUNCTION queue_depth(
  p_rep int, p_funnel int[], p_colleagues int[], p_before timestamptz[], p_open smallint[],
  p_at timestamptz, p_today timestamptz, p_aged timestamptz, p_rep_zone text, p_most int
) RETURNS TABLE (tier text, count int)
LANGUAGE sql STABLE
AS $$
  SELECT c.tier, count(*)::int
  FROM queue_candidates(p_rep, '{}'::int[], p_colleagues, p_before, p_open, p_at, p_today, p_aged, p_rep_zone, p_most) c GROUP BY c.tier
  UNION ALL
  SELECT t.tier, (
    SELECT count(*)::int FROM (
      SELECT FROM (
        SELECT q.lead_id FROM unnest(p_funnel) AS some_pool CROSS JOIN unnest(p_open) AS open_zone CROSS JOIN LATERAL (
          SELECT l.lead_id FROM lead_queue l
          WHERE NOT l.parked AND l.pool = some_pool AND l.zone = open_zone AND l.rank BETWEEN t.first_rank AND t.last_rank LIMIT p_most) q
        UNION ALL
        SELECT l.lead_id FROM lead_queue l
        WHERE l.parked AND l.pool = ANY (p_funnel) AND l.ready_at <= p_at AND l.rank BETWEEN t.first_rank AND t.last_rank AND l.zone = ANY (p_open)
      ) AS callable LIMIT p_most
    ) AS bounded)
  FROM (VALUES ('hot', 200, 299), ('early', 400, 499), ('cold', 500, 32767)) AS t (tier, first_rank, last_rank)
  UNION ALL
  SELECT 'customer', (
    SELECT count(*)::int FROM (
      SELECT FROM (
        SELECT q.lead_id FROM unnest(p_funnel) AS some_pool CROSS JOIN unnest(p_open) AS open_zone
        CROSS JOIN (VALUES (100), (101), (102), (300), (301), (302)) AS customer_rank (value) CROSS JOIN LATERAL (
          SELECT l.lead_id FROM lead_queue l
          WHERE NOT l.parked AND l.pool = some_pool AND l.zone = open_zone AND l.rank = customer_rank.value LIMIT p_most) q
        UNION ALL
        SELECT l.lead_id FROM lead_queue l
        WHERE l.parked AND l.pool = ANY (p_funnel) AND l.ready_at <= p_at AND l.rank IN (100, 101, 102, 300, 301, 302) AND l.zone = ANY (p_open)
      ) AS callable LIMIT p_most
    ) AS bounded)
$$;

-- Takes the first of the candidates that nobody else is taking and moves it to lead_claim; no row when there is none.
CREATE FUNCTION queue_claim(
  p_rep int, p_funnel int[], p_colleagues int[], p_before timestamptz[], p_open smallint[],
  p_at timestamptz, p_today timestamptz, p_aged timestamptz, p_rep_zone text, p_lease_until timestamptz
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
    WHERE p.parked AND p.pool = ANY (p_funnel || -p_rep || ARRAY(SELECT -colleague FROM unnest(p_colleagues) AS colleague)) AND p.ready_at <= p_at
    ORDER BY p.ready_at LIMIT 500 FOR UPDATE SKIP LOCKED);

  -- Widened when all heads are being taken by others; otherwise it would answer "none" though there are some.
  FOREACH width IN ARRAY ARRAY[2, 16, 128, 1024] LOOP
    seen := 0;
    FOR candidate IN
      SELECT * FROM queue_candidates(p_rep, p_funnel, p_colleagues, p_before, p_open, p_at, p_today, p_aged, p_rep_zone, width)
    LOOP
      seen := seen + 1;
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
