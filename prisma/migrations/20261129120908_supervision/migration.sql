-- CreateEnum
CREATE TYPE "SupervisionMode" AS ENUM ('listen', 'whisper', 'barge');

-- CreateEnum
CREATE TYPE "SupervisionEnd" AS ENUM ('stopped', 'replaced', 'callEnded', 'supervisorGone', 'repGone', 'notAnswered');

-- CreateTable
CREATE TABLE "supervision" (
    "id" SERIAL NOT NULL,
    "call_id" INTEGER NOT NULL,
    "supervisor_id" INTEGER NOT NULL,
    "rep_id" INTEGER NOT NULL,
    "wanted" "SupervisionMode" NOT NULL,
    "mode" "SupervisionMode",
    "mode_since" TIMESTAMPTZ(3),
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_because" "SupervisionEnd",
    "supervisor_socket" TEXT NOT NULL,
    "supervisor_lease_until" TIMESTAMPTZ(3) NOT NULL,
    "rep_socket" TEXT,
    "rep_lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "supervision_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "supervision" ADD CONSTRAINT "supervision_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supervision" ADD CONSTRAINT "supervision_supervisor_id_fkey" FOREIGN KEY ("supervisor_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "supervision" ADD CONSTRAINT "supervision_rep_id_fkey" FOREIGN KEY ("rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One person listens to one call at a time: his next one ends the one before.
CREATE UNIQUE INDEX "supervision_one_per_supervisor" ON "supervision"("supervisor_id") WHERE "ended_at" IS NULL;

-- "Who has a part in this call", asked when it ends; live ones are few beside the history.
CREATE INDEX "supervision_of_live_call" ON "supervision"("call_id") WHERE "ended_at" IS NULL;
