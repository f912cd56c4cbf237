-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "loss_accepted_at" TIMESTAMPTZ(3);

-- The ledger's alarm and the sweep look for answered calls of the last weeks without a recording; the years before must not stand between.
CREATE INDEX "call_answered_ended" ON "call"("ended_at") WHERE "answered_at" IS NOT NULL;
-- The sweep looks whether stored files are still there, those longest unseen first.
CREATE INDEX "recording_to_check" ON "recording"("checked_at" NULLS FIRST) WHERE "storage_key" IS NOT NULL;
