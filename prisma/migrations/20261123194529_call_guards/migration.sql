-- AlterTable
ALTER TABLE "promise" ADD COLUMN     "channel_id" INTEGER,
ADD COLUMN     "day" DATE,
ADD COLUMN     "hour" SMALLINT,
ADD COLUMN     "list_id" INTEGER,
ADD COLUMN     "source_id" INTEGER,
ADD COLUMN     "team_id" INTEGER;

-- At most one live call per rep and per company, whoever asks at the same time (issue 2, "Calls").
CREATE UNIQUE INDEX "call_one_live_per_rep" ON "call"("rep_id") WHERE "state" <> 'ended';
CREATE UNIQUE INDEX "call_one_live_per_company" ON "call"("company_id") WHERE "state" <> 'ended';

-- The wrap-up gate and the sweeper look for the few calls without an outcome, never at the whole history.
CREATE INDEX "call_without_outcome" ON "call"("rep_id") WHERE "disposed_at" IS NULL;

-- Promises whose day may have passed without a dial.
CREATE INDEX "promise_pending" ON "promise"("deadline_at") WHERE "outcome" = 'pending' AND "status" = 'open';
