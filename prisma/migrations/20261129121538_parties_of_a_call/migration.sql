-- AlterTable
ALTER TABLE "call" ADD COLUMN     "handed_from_id" INTEGER,
ADD COLUMN     "party" TEXT,
ADD COLUMN     "party_state" TEXT,
ADD COLUMN     "recording_paused" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "carrier_leg" ADD COLUMN     "party" TEXT,
ADD COLUMN     "party_sid" TEXT;

-- AddForeignKey
ALTER TABLE "call" ADD CONSTRAINT "call_handed_from_id_fkey" FOREIGN KEY ("handed_from_id") REFERENCES "call"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Which live call a rep was asked into: asked by his console, by who dials next, and by the carrier's callbacks.
CREATE INDEX call_party ON call (party) WHERE party IS NOT NULL;
CREATE INDEX carrier_leg_party ON carrier_leg (party) WHERE party IS NOT NULL;
