-- What the queue asks is written so that only one plan fits it: with statistics of another hour, or none, the planner read every waiting
-- lead of the house instead of a rep's own (tests/integration/queue-reads.test.ts). And it asks for less.

-- The call of a rep that is live or has no outcome, asked for with every next call; the wrap-up gate of queue_takes.
CREATE INDEX "call_open_of_rep" ON "call"("rep_id", "id")
  WHERE ("state" <> 'ended' OR "disposed_at" IS NULL) AND (NOT "untaken" OR "volley_id" IS NOT NULL);

-- What is a rep's own, promises before the rest, in the order of each: few enough that calling hours are looked at row by row.
CREATE INDEX "lead_queue_own" ON "lead_queue"("pool", "rank", "sort_key", "lead_id") WHERE "pool" < 0;
DROP INDEX "lead_queue_owed";
-- A claim for each rep at most: whoever looks for those that ran out reads them all, and a heartbeat changes no index.
DROP INDEX "lead_claim_lease";

DROP FUNCTION queue_takes(queue_ask[], int);
DROP FUNCTION queue_candidates(int, int[], int[], timestamptz[], smallint[], timestamptz, timestamptz, timestamptz, text, int);
DROP FUNCTION queue_candidates_of(queue_ask[], int);

-- `rivals`: how many others are thought to take what this rep would, before he can.
ALTER TYPE queue_ask ADD ATTRIBUTE rivals int;

-- Whom each of these reps may call as of his instant, nothing is changed: so many of his first that one and p_spare are left to him after
-- each of his rivals has taken one. In order by (nth, part, step, sort_key, lead_id), which is the order of core/queue/order.ts, its pure twin.
--   part      0 an aged promise, 1 due, 2 overdue of today, 3 overdue of an earlier day, 4 the funnel
--   step      inside a part: the day of an earlier day's promise, the later the smaller; the rank in the funnel
--   p_waited  whether there are leads whose wait is over but which have not joined their stream yet
CREATE FUNCTION queue_candidates_of(p_asks queue_ask[], p_spare int, p_waited boolean)
RETURNS TABLE (nth int, part int, step int, sort_key bigint, lead_id int, pool int, zone smallint, rank smallint, ready_at timestamptz)
LANGUAGE sql STABLE
AS $$
  WITH ask AS MATERIALIZED (
    SELECT a.*, 1 + a.rivals + p_spare AS most,
      (extract(epoch FROM a.at) * 1000)::bigint AS now_ms, (extract(epoch FROM a.today) * 1000)::bigint AS today_ms,
      coalesce((extract(epoch FROM a.aged) * 1000)::bigint, '-9223372036854775808'::bigint) AS aged_ms
    FROM unnest(p_asks) AS a
  ), owed AS MATERIALIZED (
    SELECT ask.nth, o.* FROM ask CROSS JOIN LATERAL (
      SELECT p.part,
        CASE WHEN p.part = 3 THEN '2000-01-01'::date - (to_timestamp(p.sort_key / 1000.0) AT TIME ZONE ask.zone)::date ELSE 0 END AS step,
        p.sort_key, p.lead_id, p.pool, p.zone, p.rank, p.ready_at
      FROM (
        SELECT q.*, CASE WHEN q.sort_key < ask.aged_ms THEN 0 WHEN q.sort_key >= ask.now_ms THEN 1
          WHEN q.sort_key >= ask.today_ms THEN 2 ELSE 3 END AS part
        FROM (
          SELECT -ask.rep AS pool, 9223372036854775807 AS before_ms
          UNION ALL
          SELECT -r.colleague, (extract(epoch FROM r.before_at) * 1000)::bigint
          FROM unnest(ask.colleagues, ask.before) AS r (colleague, before_at)
        ) AS reach CROSS JOIN LATERAL (
          SELECT * FROM lead_queue l
          WHERE l.pool = reach.pool AND l.pool < 0 AND l.rank <= 1 AND l.sort_key < reach.before_ms AND (NOT l.parked OR l.ready_at <= ask.at)
            -- Asked for outside the hours: inside its window the clock does not matter.
            AND (l.zone = ANY (ask.open) OR l.rank = 1 AND l.sort_key >= ask.now_ms)
          OFFSET 0
        ) AS q
      ) AS p
      ORDER BY 1, 2, 3, 4 LIMIT ask.most) AS o
  ), seeker AS MATERIALIZED (
    -- Whose obligations are enough is not looked at further.
    SELECT * FROM ask WHERE (SELECT count(*) FROM owed WHERE owed.nth = ask.nth) < ask.most
  )
  SELECT * FROM owed
  UNION ALL
  SELECT seeker.nth, 4, f.rank, f.sort_key, f.lead_id, f.pool, f.zone, f.rank, f.ready_at FROM seeker CROSS JOIN LATERAL (
    SELECT * FROM (
      (SELECT l.sort_key, l.lead_id, l.pool, l.zone, l.rank, l.ready_at FROM lead_queue l
      WHERE -seeker.rep = ANY (seeker.funnel) AND l.pool = -seeker.rep AND l.pool < 0 AND l.rank >= 100
        AND l.zone = ANY (seeker.open) AND (NOT l.parked OR l.ready_at <= seeker.at)
      ORDER BY l.rank, l.sort_key, l.lead_id LIMIT seeker.most)
      UNION ALL
      -- Promises are never in a list's pool, so that its streams are no more than pool and zone.
      SELECT h.* FROM unnest(seeker.funnel) AS list (pool) CROSS JOIN LATERAL unnest(seeker.open) AS hours (zone) CROSS JOIN LATERAL (
        SELECT l.sort_key, l.lead_id, l.pool, l.zone, l.rank, l.ready_at FROM lead_queue l
        WHERE NOT l.parked AND l.pool = list.pool AND l.zone = hours.zone
        ORDER BY l.rank, l.sort_key, l.lead_id LIMIT seeker.most
      ) AS h
      WHERE list.pool > 0
      UNION ALL
      SELECT w.* FROM unnest(seeker.funnel) AS list (pool) CROSS JOIN LATERAL (
        SELECT l.sort_key, l.lead_id, l.pool, l.zone, l.rank, l.ready_at FROM lead_queue l
        WHERE l.parked AND l.pool = list.pool AND l.ready_at <= seeker.at AND l.zone = ANY (seeker.open) OFFSET 0
      ) AS w
      WHERE p_waited AND list.pool > 0
    ) AS found ORDER BY found.rank, found.sort_key, found.lead_id LIMIT seeker.most) AS f
$$;

-- The same for one who only looks: at most p_limit, with the tier of each. It stays the one text of the order, whoever asks.
CREATE FUNCTION queue_candidates(
  p_rep int, p_funnel int[], p_colleagues int[], p_before timestamptz[], p_open smallint[],
  p_at timestamptz, p_today timestamptz, p_aged timestamptz, p_rep_zone text, p_limit int
) RETURNS TABLE (lead_id int, pool int, zone smallint, rank smallint, sort_key bigint, ready_at timestamptz, tier text)
LANGUAGE plpgsql STABLE
-- The same few rows whatever the arguments: a generic plan is three times faster than planning anew.
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT c.lead_id, c.pool, c.zone, c.rank, c.sort_key, c.ready_at,
      CASE
        WHEN c.rank <= 1 AND c.sort_key >= extract(epoch FROM p_at) * 1000 THEN 'due'
        WHEN c.rank <= 1 AND c.sort_key >= extract(epoch FROM p_today) * 1000 THEN 'overdueToday'
        WHEN c.rank <= 1 THEN 'overdueEarlier'
        WHEN c.rank BETWEEN 200 AND 299 THEN 'hot'
        WHEN c.rank >= 500 THEN 'cold'
        WHEN c.rank >= 400 THEN 'early'
        ELSE 'customer' END
    FROM queue_candidates_of(
      ARRAY[ROW(0, p_rep, p_funnel, p_colleagues, p_before, p_open, p_at, p_today, p_aged, p_rep_zone, NULL, 0)::queue_ask], p_limit - 1, true) AS c
    ORDER BY c.part, c.step, c.sort_key, c.lead_id LIMIT p_limit;
END $$;

-- What the order of callable leads depends on, and the words that explain it, as one value (server/core/queue/facts.ts, OrderFacts): so
-- few columns and joins as that needs, because it is read with every next call.
CREATE VIEW lead_order AS
SELECT l.id AS lead_id, json_build_object(
  'leadId', l.id, 'companyId', c.id, 'timeZone', c.time_zone, 'category', c.category, 'isCustomer', c.is_customer,
  'repId', coalesce(p.rep_id, c.owner_id), 'listPriority', li.priority, 'position', l.position,
  'stagePosition', d.position, 'stageHeat', d.heat, 'lastContactAt', c.last_contact_at, 'startsAt', p.starts_at,
  'promisedAt', p.promised_at, 'deadlineAt', p.deadline_at, 'askedOutsideHours', p.asked_outside_hours, 'missedCall', p.origin = 'inbound',
  'triesTotal', l.tries_total, 'companyName', c.name, 'stageName', d.name, 'listName', li.name,
  'ownerName', (SELECT u.name FROM app_user u WHERE u.id = coalesce(p.rep_id, c.owner_id))) AS lead
FROM lead l
JOIN company c ON c.id = l.company_id
LEFT JOIN call_list li ON li.id = l.list_id
LEFT JOIN promise p ON p.company_id = c.id AND p.status = 'open'
LEFT JOIN LATERAL (
  SELECT s.position, s.heat, s.name FROM deal x JOIN stage s ON s.id = x.stage_id
  WHERE x.company_id = c.id AND x.status = 'open' ORDER BY s.position DESC LIMIT 1) AS d ON true;

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
--   owed              his obligations whose time has come but which nobody may call now, the most pressing first, of the p_owed most pressing:
--                     only their ids
--   null              the queue has nobody for him
CREATE FUNCTION queue_takes(p_asks queue_ask[], p_owed int)
RETURNS TABLE (nth int, part text, lead_id int, claimed_at timestamptz, reason jsonb, place lead_queue, lead json)
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
  pools int[] := '{}';
  latest timestamptz;
  waited boolean;
  pending queue_ask[];
  hidden queue_ask[] := '{}';
  -- What each of `asks` has, at his place among them.
  slot int;
  nths int[] := '{}';
  taken_ids int[];
  taken_rows lead_queue[] := '{}';
  next_ids int[];
  gone int[] := '{}';
  seen int[];
  spare int;
BEGIN
  IF cardinality(p_asks) = 1 THEN
    PERFORM 1 FROM app_user u WHERE u.id = p_asks[1].rep FOR NO KEY UPDATE;
    asks := p_asks;
  ELSE
    SELECT array_agg(a ORDER BY a.nth) INTO asks FROM unnest(p_asks) AS a CROSS JOIN LATERAL (
      SELECT FROM app_user u WHERE u.id = a.rep FOR NO KEY UPDATE SKIP LOCKED) AS free;
  END IF;

  FOR standing IN
    SELECT a.nth, a.lease, open.state <> 'ended' AS is_live, k.lead_id AS held
    FROM unnest(asks) AS a
    LEFT JOIN LATERAL (
      SELECT c.state FROM call c
      WHERE c.rep_id = a.rep AND (c.state <> 'ended' OR c.disposed_at IS NULL) AND (NOT c.untaken OR c.volley_id IS NOT NULL)
      ORDER BY c.id DESC LIMIT 1) AS open ON true
    LEFT JOIN LATERAL (SELECT h.lead_id FROM lead_claim h WHERE h.rep_id = a.rep AND h.volley_id IS NULL LIMIT 1) AS k ON true
    WHERE open.state IS NOT NULL OR k.lead_id IS NOT NULL
  LOOP
    answered := answered || standing.nth;
    IF standing.is_live IS NOT NULL THEN
      RETURN QUERY SELECT standing.nth, CASE WHEN standing.is_live THEN 'live' ELSE 'undisposed' END,
        NULL::int, NULL::timestamptz, NULL::jsonb, NULL::lead_queue, NULL::json;
    ELSE
      RETURN QUERY
        WITH held AS (UPDATE lead_claim k SET lease_until = standing.lease WHERE k.lead_id = standing.held RETURNING k.*)
        SELECT standing.nth, 'held', held.lead_id, held.claimed_at, held.reason, NULL::lead_queue, f.lead
        FROM held JOIN lead_order f ON f.lead_id = held.lead_id;
    END IF;
  END LOOP;
  IF answered <> '{}' THEN
    asks := ARRAY(SELECT a FROM unnest(asks) AS a WHERE a.nth <> ALL (answered) ORDER BY a.nth);
  END IF;
  IF coalesce(cardinality(asks), 0) = 0 THEN RETURN; END IF;

  taken_ids := array_fill(NULL::int, ARRAY[cardinality(asks)]);
  next_ids := taken_ids;
  FOR slot IN 1 .. cardinality(asks) LOOP
    nths[slot] := asks[slot].nth;
    pools := pools || asks[slot].funnel;
    latest := greatest(latest, asks[slot].at);
  END LOOP;
  -- What waited long enough joins its stream: a few at a time, for until then it is looked at one by one.
  waited := EXISTS (SELECT FROM lead_queue q WHERE q.parked AND q.pool = ANY (pools) AND q.ready_at <= latest);
  IF waited THEN
    UPDATE lead_queue q SET parked = false WHERE q.lead_id IN (
      SELECT p.lead_id FROM unnest(pools) AS some_pool CROSS JOIN LATERAL (
        SELECT w.lead_id FROM lead_queue w
        WHERE w.parked AND w.pool = some_pool AND w.ready_at <= latest ORDER BY w.ready_at LIMIT 100 FOR UPDATE SKIP LOCKED) AS p);
  END IF;

  pending := asks;
  -- Widened for those whose heads are all being taken by others; otherwise it would answer "none" though there are some.
  FOREACH spare IN ARRAY ARRAY[1, 16, 128, 1024] LOOP
    seen := array_fill(0, ARRAY[cardinality(asks)]);
    FOR candidate IN
      SELECT c.nth, c.lead_id, c.pool, c.rank, c.sort_key FROM queue_candidates_of(pending, spare, waited) AS c
      ORDER BY c.nth, c.part, c.step, c.sort_key, c.lead_id
    LOOP
      slot := array_position(nths, candidate.nth);
      seen[slot] := seen[slot] + 1;
      CONTINUE WHEN next_ids[slot] IS NOT NULL OR candidate.lead_id = ANY (gone);
      IF taken_ids[slot] IS NOT NULL THEN
        next_ids[slot] := candidate.lead_id;
        CONTINUE;
      END IF;
      -- The lead's own row is the lock that placing takes too, so that a lead is never both held and queued.
      DELETE FROM lead_queue q
      USING (SELECT l.id FROM lead l WHERE l.id = candidate.lead_id FOR NO KEY UPDATE SKIP LOCKED) AS free
      WHERE q.lead_id = free.id AND q.pool = candidate.pool AND q.rank = candidate.rank AND q.sort_key = candidate.sort_key
      RETURNING q.* INTO found_row;
      -- Taken now, or by somebody else: for the others of this statement it is gone either way.
      gone := gone || candidate.lead_id;
      CONTINUE WHEN NOT FOUND;
      taken_ids[slot] := candidate.lead_id;
      taken_rows[slot] := found_row;
    END LOOP;
    pending := '{}';
    FOR slot IN 1 .. cardinality(asks) LOOP
      -- Who saw fewer saw all there are.
      CONTINUE WHEN next_ids[slot] IS NOT NULL OR seen[slot] <= spare;
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
    FOR candidate IN
      SELECT DISTINCT ON (c.nth) c.nth, c.lead_id FROM queue_candidates_of(hidden, 0, waited) AS c
      ORDER BY c.nth, c.part, c.step, c.sort_key, c.lead_id
    LOOP
      next_ids[array_position(nths, candidate.nth)] := candidate.lead_id;
    END LOOP;
  END IF;

  RETURN QUERY
    SELECT nths[t.slot], t.part, t.lead_id, NULL::timestamptz, NULL::jsonb, CASE WHEN t.part = 'taken' THEN taken_rows[t.slot] END, f.lead
    FROM (
      SELECT u.slot, 'taken' AS part, u.lead_id FROM unnest(taken_ids) WITH ORDINALITY AS u (lead_id, slot)
      UNION ALL
      SELECT u.slot, 'next', u.lead_id FROM unnest(next_ids) WITH ORDINALITY AS u (lead_id, slot)
    ) AS t CROSS JOIN LATERAL (SELECT o.lead FROM lead_order o WHERE o.lead_id = t.lead_id OFFSET 0) AS f;
  RETURN QUERY
    SELECT a.nth, 'owed', l.id, NULL::timestamptz, NULL::jsonb, NULL::lead_queue, NULL::json
    FROM unnest(asks) WITH ORDINALITY AS a (nth, rep, funnel, colleagues, before, open, at, today, aged, zone, lease, rivals, slot)
    CROSS JOIN LATERAL (
      SELECT o.company_id, o.deadline_at, o.id FROM promise o
      WHERE o.rep_id = a.rep AND o.status = 'open' AND o.starts_at <= a.at ORDER BY o.deadline_at, o.id LIMIT p_owed
    ) AS pressing CROSS JOIN LATERAL (
      SELECT l.id FROM lead l WHERE l.company_id = pressing.company_id
        -- Who could have been called simply stands later; who was taken has left the queue.
        AND NOT EXISTS (SELECT FROM lead_queue q WHERE q.lead_id = l.id AND (NOT q.parked OR q.ready_at <= a.at) AND q.zone = ANY (a.open))
        AND (l.id = ANY (taken_ids)) IS NOT TRUE
      OFFSET 0
    ) AS l
    WHERE taken_ids[a.slot] IS NOT NULL
    ORDER BY a.nth, pressing.deadline_at, pressing.id;
  FOR slot IN 1 .. cardinality(asks) LOOP
    CONTINUE WHEN taken_ids[slot] IS NOT NULL;
    RETURN QUERY SELECT nths[slot], NULL::text, NULL::int, NULL::timestamptz, NULL::jsonb, NULL::lead_queue, NULL::json;
  END LOOP;
END $$;
