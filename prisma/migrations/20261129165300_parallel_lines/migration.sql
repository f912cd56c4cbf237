-- AlterEnum
ALTER TYPE "DialMode" ADD VALUE 'parallel';

-- AlterEnum
ALTER TYPE "PromiseOrigin" ADD VALUE 'abandoned';

-- DropIndex
DROP INDEX "lead_claim_rep_id_key";

-- AlterTable
ALTER TABLE "call" ADD COLUMN     "abandoned_at" TIMESTAMPTZ(3),
ADD COLUMN     "volley_id" INTEGER;

-- AlterTable
ALTER TABLE "call_list" ADD COLUMN     "cap_percent" SMALLINT NOT NULL DEFAULT 3,
ADD COLUMN     "line_threshold" DOUBLE PRECISION,
ADD COLUMN     "lines" SMALLINT NOT NULL DEFAULT 3,
ADD COLUMN     "russian_advertising" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "lead_claim" ADD COLUMN     "volley_id" INTEGER;

-- CreateTable
CREATE TABLE "volley" (
    "id" SERIAL NOT NULL,
    "rep_id" INTEGER NOT NULL,
    "list_id" INTEGER NOT NULL,
    "idempotency_key" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "winner_id" INTEGER,
    "settled_at" TIMESTAMPTZ(3),
    "canceled_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "volley_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "volley_rep_id_idempotency_key_key" ON "volley"("rep_id", "idempotency_key");

-- AddForeignKey
ALTER TABLE "lead_claim" ADD CONSTRAINT "lead_claim_volley_id_fkey" FOREIGN KEY ("volley_id") REFERENCES "volley"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_volley_id_fkey" FOREIGN KEY ("volley_id") REFERENCES "volley"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volley" ADD CONSTRAINT "volley_rep_id_fkey" FOREIGN KEY ("rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "volley" ADD CONSTRAINT "volley_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "call_list"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One card a rep, as before; the leads of his volley are held beside it.
CREATE UNIQUE INDEX "lead_claim_one_card_per_rep" ON "lead_claim"("rep_id") WHERE "volley_id" IS NULL;
-- One volley a rep at a time, whoever presses twice; also the look at what rings for him.
CREATE UNIQUE INDEX "volley_one_open_per_rep" ON "volley"("rep_id") WHERE "ended_at" IS NULL;
-- Never two lines to one company: the claim holds that already, the base holds it once more.
CREATE UNIQUE INDEX "call_one_live_line_per_company" ON "call"("company_id") WHERE "state" <> 'ended' AND "volley_id" IS NOT NULL;
-- The lines of a volley, whenever one of them changes.
CREATE INDEX "call_of_volley" ON "call"("volley_id") WHERE "volley_id" IS NOT NULL;
-- The cap's ledger of thirty days (adapters/db/stores/list-pace.ts): human answers, and those of them that met nobody.
CREATE INDEX "call_answered_of_list" ON "call"("list_id", "intent_at")
  WHERE "direction" = 'outbound' AND "answered_at" IS NOT NULL AND "answered_by" IS DISTINCT FROM 'machine' AND "end_cause" IS DISTINCT FROM 'machine';
CREATE INDEX "call_abandoned_of_list" ON "call"("list_id", "intent_at") WHERE "abandoned_at" IS NOT NULL;
-- The newest dials of a list, of which its share of answers is learned.
CREATE INDEX "call_dialled_of_list" ON "call"("list_id", "intent_at") WHERE "direction" = 'outbound';

ALTER TABLE "call_list"
  ADD CONSTRAINT "call_list_lines" CHECK ("lines" BETWEEN 2 AND 5),
  ADD CONSTRAINT "call_list_cap" CHECK ("cap_percent" BETWEEN 1 AND 3),
  -- As text: a value that this migration adds cannot be used in it yet.
  ADD CONSTRAINT "call_list_advertising_singly" CHECK (NOT "russian_advertising" OR "dial_mode"::text <> 'parallel');

-- A claim is written once, with its reason, instead of written and then changed: the next call is asked for by everybody all day.
DROP FUNCTION queue_take(int, int[], int[], timestamptz[], smallint[], timestamptz, timestamptz, timestamptz, text, timestamptz, int);

-- The next call of a rep, whole: his row is locked, so that two of his windows get the same; a call of his that is live or has no
-- outcome stops it (the wrap-up gate); what he holds already is his for another lease; else the first of the candidates that nobody
-- else is taking leaves the queue. The next statement of the same transaction writes its claim, with the reason, at the place it had.
-- Rows, by `part`:
--   live, undisposed  his open call, or lines of his that ring; nothing else is done
--   held              what he holds, with the instant and the reason of the claim
--   taken             what he got, with the place it had
--   next              the runner-up: who would have been taken otherwise
--   owed              his obligations whose time has come but which nobody may call now, the most pressing first, of the p_owed most pressing
CREATE FUNCTION queue_take(
  p_rep int, p_funnel int[], p_colleagues int[], p_before timestamptz[], p_open smallint[],
  p_at timestamptz, p_today timestamptz, p_aged timestamptz, p_rep_zone text, p_lease_until timestamptz, p_owed int
) RETURNS TABLE (part text, claimed_at timestamptz, reason jsonb, place lead_queue, facts lead_facts)
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
    SELECT c.id, c.state FROM call c WHERE c.rep_id = p_rep AND c.state <> 'ended' AND (NOT c.untaken OR c.volley_id IS NOT NULL)
    UNION ALL
    SELECT c.id, c.state FROM call c WHERE c.rep_id = p_rep AND c.disposed_at IS NULL AND (NOT c.untaken OR c.volley_id IS NOT NULL)
  ) x ORDER BY x.id DESC LIMIT 1;
  IF FOUND THEN
    RETURN QUERY SELECT CASE WHEN is_live THEN 'live' ELSE 'undisposed' END, NULL::timestamptz, NULL::jsonb, NULL::lead_queue, NULL::lead_facts;
    RETURN;
  END IF;

  UPDATE lead_claim k SET lease_until = p_lease_until WHERE k.rep_id = p_rep AND k.volley_id IS NULL RETURNING k.* INTO found_claim;
  IF FOUND THEN
    RETURN QUERY SELECT 'held', found_claim.claimed_at, found_claim.reason, NULL::lead_queue, f FROM lead_facts f WHERE f.lead_id = found_claim.lead_id;
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
    SELECT CASE f.lead_id WHEN told[1] THEN 'taken' WHEN told[2] THEN 'next' ELSE 'owed' END, p_at, NULL::jsonb,
      CASE f.lead_id WHEN told[1] THEN taken END, f
    FROM lead_facts f WHERE f.lead_id = ANY (told) ORDER BY array_position(told, f.lead_id);
END $$;
