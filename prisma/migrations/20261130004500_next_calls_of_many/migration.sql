-- Reps who ask in a rush are answered by statements over all of them: one plan is begun for sixteen, where each rep had a dozen of his own.

-- A rep who asks.
--   funnel      pools whose calls that are no obligations he may start: his lists of that day and minus his own id, without those that
--               the promise guard holds back
--   colleagues  colleagues whose promises his team takes, before the instant before which each one's deadline must lie: in the past
--               only overdue ones are meant, in the future also those that are due
--   open        calendars inside calling hours at that instant
--   today       start of the rep's day
--   aged        promises with an earlier deadline go before everything else; null when promises do not age
--   zone        the rep's time zone
CREATE TYPE queue_ask AS (
  nth int, rep int, funnel int[], colleagues int[], before timestamptz[], open smallint[],
  at timestamptz, today timestamptz, aged timestamptz, zone text, lease timestamptz
);

-- Whom each of these reps may call as of his instant, by `place` in order, at most p_limit each; nothing is changed. The pure twin is
-- core/queue/order.ts.
CREATE FUNCTION queue_candidates_of(p_asks queue_ask[], p_limit int)
RETURNS TABLE (nth int, place int, lead_id int, pool int, zone smallint, rank smallint, sort_key bigint, ready_at timestamptz, tier text)
LANGUAGE plpgsql STABLE
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH ask AS MATERIALIZED (
    SELECT a.*, (extract(epoch FROM a.at) * 1000)::bigint AS now_ms, (extract(epoch FROM a.today) * 1000)::bigint AS today_ms,
      coalesce((extract(epoch FROM a.aged) * 1000)::bigint, '-9223372036854775808'::bigint) AS aged_ms
    FROM unnest(p_asks) AS a
  ), owed AS MATERIALIZED (
    SELECT ask.nth, (row_number() OVER (PARTITION BY ask.nth))::int AS place, o.*
    FROM ask CROSS JOIN LATERAL (
      SELECT q.lead_id, q.pool, q.zone, q.rank, q.sort_key, q.ready_at,
        CASE WHEN q.sort_key >= ask.now_ms THEN 'due' WHEN q.sort_key >= ask.today_ms THEN 'overdueToday' ELSE 'overdueEarlier' END AS tier
      FROM (
        SELECT l.*, CASE WHEN l.sort_key < ask.aged_ms THEN 0 WHEN l.sort_key >= ask.now_ms THEN 1
          WHEN l.sort_key >= ask.today_ms THEN 2 ELSE 3 END AS part
        FROM (
          SELECT -ask.rep AS pool, 9223372036854775807 AS before_ms
          UNION ALL
          SELECT -r.colleague, (extract(epoch FROM r.before_at) * 1000)::bigint
          FROM unnest(ask.colleagues, ask.before) AS r (colleague, before_at)
        ) AS reach JOIN lead_queue l
          ON l.rank <= 1 AND l.pool = reach.pool AND l.sort_key < reach.before_ms AND (NOT l.parked OR l.ready_at <= ask.at)
          -- Asked for outside the hours: inside its window the clock does not matter.
          AND (l.zone = ANY (ask.open) OR l.rank = 1 AND l.sort_key >= ask.now_ms)
      ) AS q
      ORDER BY q.part, CASE WHEN q.part = 3 THEN (to_timestamp(q.sort_key / 1000.0) AT TIME ZONE ask.zone)::date END DESC, q.sort_key, q.lead_id
      LIMIT p_limit) AS o
  ), found AS (
    SELECT owed.nth, count(*)::int AS owed FROM owed GROUP BY owed.nth
  )
  SELECT * FROM owed
  UNION ALL
  SELECT ask.nth, (coalesce(found.owed, 0) + row_number() OVER (PARTITION BY ask.nth))::int,
    s.lead_id, s.pool, s.zone, s.rank, s.sort_key, s.ready_at,
    CASE WHEN s.rank BETWEEN 200 AND 299 THEN 'hot' WHEN s.rank >= 500 THEN 'cold' WHEN s.rank >= 400 THEN 'early' ELSE 'customer' END
  FROM ask LEFT JOIN found ON found.nth = ask.nth CROSS JOIN LATERAL (
    SELECT stream.* FROM (
      SELECT q.* FROM unnest(ask.funnel) AS some_pool CROSS JOIN unnest(ask.open) AS open_zone CROSS JOIN LATERAL (
        SELECT * FROM lead_queue l
        WHERE NOT l.parked AND l.pool = some_pool AND l.zone = open_zone AND l.rank >= 100
        ORDER BY l.rank, l.sort_key, l.lead_id LIMIT p_limit) AS q
      UNION ALL
      SELECT q.* FROM lead_queue q
      WHERE q.parked AND q.pool = ANY (ask.funnel) AND q.ready_at <= ask.at AND q.rank >= 100 AND q.zone = ANY (ask.open)
    ) AS stream ORDER BY stream.rank, stream.sort_key, stream.lead_id LIMIT p_limit - coalesce(found.owed, 0)) AS s
  WHERE coalesce(found.owed, 0) < p_limit;
END $$;

-- The same for one who only looks. It stays the one text of the order, whoever asks.
CREATE OR REPLACE FUNCTION queue_candidates(
  p_rep int, p_funnel int[], p_colleagues int[], p_before timestamptz[], p_open smallint[],
  p_at timestamptz, p_today timestamptz, p_aged timestamptz, p_rep_zone text, p_limit int
) RETURNS TABLE (lead_id int, pool int, zone smallint, rank smallint, sort_key bigint, ready_at timestamptz, tier text)
LANGUAGE plpgsql STABLE
-- The same few rows whatever the arguments: a generic plan is three times faster than planning anew.
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT c.lead_id, c.pool, c.zone, c.rank, c.sort_key, c.ready_at, c.tier
    FROM queue_candidates_of(
      ARRAY[ROW(0, p_rep, p_funnel, p_colleagues, p_before, p_open, p_at, p_today, p_aged, p_rep_zone, NULL)::queue_ask], p_limit) AS c
    ORDER BY c.place;
END $$;

DROP FUNCTION queue_take(int, int[], int[], timestamptz[], smallint[], timestamptz, timestamptz, timestamptz, text, timestamptz, int);

-- The next calls of these reps, none of whom is among them twice; an earlier one chooses first. Each rep's row is locked, so that two of
-- his windows get the same: one who asks alone waits for it, of several those whose row somebody has get no row of the answer, so that
-- nobody waits for the window of another. A call of his that is live or has no outcome stops him (the wrap-up gate); what he holds already
-- is his for another lease; else the first of his candidates that nobody else is taking leaves the queue. The next statement of the same
-- transaction writes the claims, with their reasons, at the places they had.
-- Rows, by `part`:
--   live, undisposed  his open call, or lines of his that ring; nothing else is done
--   held              what he holds, with the instant and the reason of the claim
--   taken             what he got, with the place it had
--   next              the runner-up: who would have been taken otherwise
--   owed              his obligations whose time has come but which nobody may call now, the most pressing first, of the p_owed most pressing
--   null              the queue has nobody for him
CREATE FUNCTION queue_takes(p_asks queue_ask[], p_owed int)
RETURNS TABLE (nth int, part text, claimed_at timestamptz, reason jsonb, place lead_queue, facts lead_facts)
LANGUAGE plpgsql
SET plan_cache_mode = force_generic_plan
-- A handful of leads is looked up by keys; the generic plan would rather read whole tables of people and lists.
SET enable_hashjoin = off
SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  asks queue_ask[];
  standing record;
  candidate record;
  found_row lead_queue;
  answered int[] := '{}';
  pending queue_ask[];
  hidden queue_ask[] := '{}';
  -- What each of `asks` has, at his place among them.
  slot int;
  nths int[] := '{}';
  taken_ids int[] := '{}';
  taken_rows lead_queue[] := '{}';
  next_ids int[] := '{}';
  seen int[] := '{}';
  width int;
BEGIN
  IF cardinality(p_asks) = 1 THEN
    PERFORM 1 FROM app_user u WHERE u.id = p_asks[1].rep FOR NO KEY UPDATE;
    asks := p_asks;
  ELSE
    WITH free AS MATERIALIZED (
      SELECT u.id FROM app_user u WHERE u.id IN (SELECT a.rep FROM unnest(p_asks) AS a) FOR NO KEY UPDATE SKIP LOCKED
    )
    SELECT array_agg(a ORDER BY a.nth) INTO asks FROM unnest(p_asks) AS a JOIN free ON free.id = a.rep;
  END IF;

  FOR standing IN
    SELECT a.nth, a.lease, open.state <> 'ended' AS is_live, k.lead_id AS held
    FROM unnest(asks) AS a
    LEFT JOIN LATERAL (
      SELECT x.state FROM (
        -- Two indexes, each for one half of the question.
        SELECT c.id, c.state FROM call c WHERE c.rep_id = a.rep AND c.state <> 'ended' AND (NOT c.untaken OR c.volley_id IS NOT NULL)
        UNION ALL
        SELECT c.id, c.state FROM call c WHERE c.rep_id = a.rep AND c.disposed_at IS NULL AND (NOT c.untaken OR c.volley_id IS NOT NULL)
      ) AS x ORDER BY x.id DESC LIMIT 1) AS open ON true
    LEFT JOIN lead_claim k ON k.rep_id = a.rep AND k.volley_id IS NULL
    WHERE open.state IS NOT NULL OR k.lead_id IS NOT NULL
  LOOP
    answered := answered || standing.nth;
    IF standing.is_live IS NOT NULL THEN
      RETURN QUERY SELECT standing.nth, CASE WHEN standing.is_live THEN 'live' ELSE 'undisposed' END,
        NULL::timestamptz, NULL::jsonb, NULL::lead_queue, NULL::lead_facts;
    ELSE
      RETURN QUERY
        WITH held AS (UPDATE lead_claim k SET lease_until = standing.lease WHERE k.lead_id = standing.held RETURNING k.*)
        SELECT standing.nth, 'held', held.claimed_at, held.reason, NULL::lead_queue, f FROM held JOIN lead_facts f ON f.lead_id = held.lead_id;
    END IF;
  END LOOP;
  IF answered <> '{}' THEN
    asks := ARRAY(SELECT a FROM unnest(asks) AS a WHERE a.nth <> ALL (answered) ORDER BY a.nth);
  END IF;
  IF coalesce(cardinality(asks), 0) = 0 THEN RETURN; END IF;

  -- What waited long enough joins its stream: a few at a time, for until then it is looked at one by one.
  IF EXISTS (SELECT FROM unnest(asks) AS a JOIN lead_queue q ON q.parked AND q.pool = ANY (a.funnel) AND q.ready_at <= a.at) THEN
    UPDATE lead_queue q SET parked = false WHERE q.lead_id IN (
      SELECT p.lead_id FROM lead_queue p
      WHERE p.parked AND p.pool IN (SELECT unnest(a.funnel) FROM unnest(asks) AS a) AND p.ready_at <= (SELECT max(a.at) FROM unnest(asks) AS a)
      ORDER BY p.ready_at LIMIT 500 FOR UPDATE SKIP LOCKED);
  END IF;

  FOR slot IN 1 .. cardinality(asks) LOOP
    nths[slot] := asks[slot].nth;
  END LOOP;
  pending := asks;
  -- Widened for those whose heads are all being taken by others; otherwise it would answer "none" though there are some.
  FOREACH width IN ARRAY ARRAY[4, 32, 256, 1024] LOOP
    FOR candidate IN SELECT * FROM queue_candidates_of(pending, width) AS c ORDER BY c.nth, c.place LOOP
      slot := array_position(nths, candidate.nth);
      seen[slot] := candidate.place;
      CONTINUE WHEN next_ids[slot] IS NOT NULL OR candidate.lead_id = ANY (taken_ids);
      IF taken_ids[slot] IS NOT NULL THEN
        next_ids[slot] := candidate.lead_id;
        CONTINUE;
      END IF;
      -- The lead's own row is the lock that placing takes too, so that a lead is never both held and queued.
      PERFORM 1 FROM lead l WHERE l.id = candidate.lead_id FOR NO KEY UPDATE SKIP LOCKED;
      CONTINUE WHEN NOT FOUND;
      DELETE FROM lead_queue q
      WHERE q.lead_id = candidate.lead_id AND q.pool = candidate.pool AND q.rank = candidate.rank AND q.sort_key = candidate.sort_key
      RETURNING q.* INTO found_row;
      CONTINUE WHEN NOT FOUND;
      taken_ids[slot] := candidate.lead_id;
      taken_rows[slot] := found_row;
    END LOOP;
    pending := '{}';
    FOR slot IN 1 .. cardinality(asks) LOOP
      CONTINUE WHEN next_ids[slot] IS NOT NULL OR seen[slot] IS DISTINCT FROM width;
      IF taken_ids[slot] IS NULL THEN
        pending := pending || asks[slot];
      ELSE
        -- The last of those that were looked at hides who comes after it.
        hidden := hidden || asks[slot];
      END IF;
    END LOOP;
    EXIT WHEN cardinality(pending) = 0;
  END LOOP;
  IF cardinality(hidden) > 0 THEN
    FOR candidate IN SELECT * FROM queue_candidates_of(hidden, 1) LOOP
      next_ids[array_position(nths, candidate.nth)] := candidate.lead_id;
    END LOOP;
  END IF;

  RETURN QUERY
    WITH told AS MATERIALIZED (
      SELECT a.nth, a.rep, a.at, a.open, taken_ids[a.slot] AS taken_id, next_ids[a.slot] AS next_id, a.slot
      FROM unnest(asks) WITH ORDINALITY AS a (nth, rep, funnel, colleagues, before, open, at, today, aged, zone, lease, slot)
      WHERE taken_ids[a.slot] IS NOT NULL
    ), leads AS MATERIALIZED (
      SELECT told.nth, 'taken' AS part, told.taken_id AS lead_id, 0 AS place FROM told
      UNION ALL
      SELECT told.nth, 'next', told.next_id, 1 FROM told WHERE told.next_id IS NOT NULL
      UNION ALL
      SELECT told.nth, 'owed', l.id, (2 + row_number() OVER (PARTITION BY told.nth ORDER BY pressing.deadline_at, pressing.id))::int
      FROM told CROSS JOIN LATERAL (
        SELECT o.company_id, o.deadline_at, o.id FROM promise o
        WHERE o.rep_id = told.rep AND o.status = 'open' AND o.starts_at <= told.at ORDER BY o.deadline_at, o.id LIMIT p_owed
      ) AS pressing JOIN lead l ON l.company_id = pressing.company_id
      WHERE l.id NOT IN (told.taken_id, coalesce(told.next_id, 0))
        -- Who could have been called simply stands later.
        AND NOT EXISTS (
          SELECT FROM lead_queue q WHERE q.lead_id = l.id AND (NOT q.parked OR q.ready_at <= told.at) AND q.zone = ANY (told.open))
    )
    SELECT leads.nth, leads.part, told.at, NULL::jsonb, CASE leads.part WHEN 'taken' THEN taken_rows[told.slot] END, f.facts
    FROM leads JOIN told ON told.nth = leads.nth
    CROSS JOIN LATERAL (SELECT f AS facts FROM lead_facts f WHERE f.lead_id = leads.lead_id OFFSET 0) AS f
    ORDER BY leads.nth, leads.place;
  FOR slot IN 1 .. cardinality(asks) LOOP
    CONTINUE WHEN taken_ids[slot] IS NOT NULL;
    RETURN QUERY SELECT asks[slot].nth, NULL::text, NULL::timestamptz, NULL::jsonb, NULL::lead_queue, NULL::lead_facts;
  END LOOP;
END $$;
