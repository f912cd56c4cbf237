-- CreateEnum
CREATE TYPE "PromiseMoveKind" AS ENUM ('moved', 'handedOver', 'withdrawn', 'fulfilledByInbound');

-- AlterTable
ALTER TABLE "lead" ADD COLUMN     "exhausted_reason" TEXT;

-- CreateTable
CREATE TABLE "promise_move" (
    "id" SERIAL NOT NULL,
    "promise_id" INTEGER NOT NULL,
    "kind" "PromiseMoveKind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by_user_id" INTEGER,
    "reason" TEXT NOT NULL,
    "call_id" INTEGER,
    "from_rep_id" INTEGER NOT NULL,
    "to_rep_id" INTEGER,
    "from_promised_at" TIMESTAMPTZ(3) NOT NULL,
    "to_promised_at" TIMESTAMPTZ(3),
    "to_promise_id" INTEGER,

    CONSTRAINT "promise_move_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "promise_move_promise_id_at_idx" ON "promise_move"("promise_id", "at");

-- AddForeignKey
ALTER TABLE "promise_move" ADD CONSTRAINT "promise_move_promise_id_fkey" FOREIGN KEY ("promise_id") REFERENCES "promise"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The history of promises is evidence: nothing in it is ever rewritten.
CREATE FUNCTION promise_move_is_final() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'promise_move is append-only';
END $$;
CREATE TRIGGER promise_move_append_only BEFORE UPDATE OR DELETE ON promise_move FOR EACH ROW EXECUTE FUNCTION promise_move_is_final();

-- What was moved before this table: the promise itself remembers by whom and why.
INSERT INTO promise_move (promise_id, kind, at, by_user_id, reason, call_id, from_rep_id, to_rep_id, from_promised_at, to_promised_at, to_promise_id)
SELECT p.id, 'moved', coalesce(p.closed_at, p.created_at), p.moved_by_id, coalesce(p.move_reason, ''), p.closed_by_call_id,
  p.rep_id, n.rep_id, p.promised_at, n.promised_at, n.id
FROM promise p JOIN promise n ON n.id = p.moved_to_id ORDER BY p.id;

UPDATE lead SET exhausted_reason = 'tries' WHERE exhausted_at IS NOT NULL;

-- The head's page of exhausted leads, the latest first.
CREATE INDEX lead_exhausted ON lead (exhausted_at DESC, id) WHERE exhausted_at IS NOT NULL;
