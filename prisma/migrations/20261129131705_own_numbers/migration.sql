-- AlterTable
ALTER TABLE "call" ADD COLUMN     "from_e164" TEXT;

-- CreateTable
CREATE TABLE "own_number" (
    "id" SERIAL NOT NULL,
    "e164" TEXT NOT NULL,
    "region" TEXT,
    "daily_limit" INTEGER NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "rests_until" TIMESTAMPTZ(3),

    CONSTRAINT "own_number_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "own_number_e164_key" ON "own_number"("e164");

-- What each number of ours dialled today, asked at every dial.
CREATE INDEX call_from_number ON call (from_e164, day) WHERE from_e164 IS NOT NULL;
