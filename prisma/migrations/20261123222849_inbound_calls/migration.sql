-- CreateEnum
CREATE TYPE "RingStage" AS ENUM ('first', 'team');

-- AlterTable
ALTER TABLE "call" ADD COLUMN     "untaken" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "voicemail_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "call_ring" (
    "call_id" INTEGER NOT NULL,
    "rep_id" INTEGER NOT NULL,
    "stage" "RingStage" NOT NULL,
    "rang_at" TIMESTAMPTZ(3) NOT NULL,
    "declined_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),

    CONSTRAINT "call_ring_pkey" PRIMARY KEY ("call_id","rep_id")
);

-- AddForeignKey
ALTER TABLE "call_ring" ADD CONSTRAINT "call_ring_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "call_ring" ADD CONSTRAINT "call_ring_rep_id_fkey" FOREIGN KEY ("rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- An arriving call rings for several and is nobody's live call until one takes it; from then on the guards hold as for a dial.
DROP INDEX "call_one_live_per_rep";
DROP INDEX "call_one_live_per_company";
CREATE UNIQUE INDEX "call_one_live_per_rep" ON "call"("rep_id") WHERE "state" <> 'ended' AND NOT "untaken";
CREATE UNIQUE INDEX "call_one_live_per_company" ON "call"("company_id") WHERE "state" <> 'ended' AND NOT "untaken";

-- A carrier tells of the same arriving call more than once: it is one call.
CREATE UNIQUE INDEX "call_one_per_arrival" ON "call"("carrier", "carrier_call_id") WHERE "direction" = 'inbound';

-- "Does something ring for me", asked with every reload, and "what rings at all", asked after a restart.
CREATE INDEX "call_ring_now" ON "call_ring"("rep_id") WHERE "stopped_at" IS NULL;
CREATE INDEX "call_arriving" ON "call"("id") WHERE "state" <> 'ended' AND "untaken";

-- The list of missed calls: few beside the whole history.
CREATE INDEX "call_missed" ON "call"("rep_id", "intent_at") WHERE "direction" = 'inbound' AND "state" = 'ended' AND "answered_at" IS NULL;
