-- AlterTable
ALTER TABLE "promise" ADD COLUMN     "counted_rep_id" INTEGER;

-- CreateIndex
CREATE INDEX "promise_counted_rep_id_day_idx" ON "promise"("counted_rep_id", "day");

-- AddForeignKey
ALTER TABLE "promise" ADD CONSTRAINT "promise_counted_rep_id_fkey" FOREIGN KEY ("counted_rep_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whose a promise was when its outcome was counted: of whom it was first taken away after that hour, else whose it still is.
UPDATE "promise" p SET "counted_rep_id" = coalesce(
  (SELECT m."from_rep_id" FROM "promise_move" m JOIN "app_user" u ON u."id" = m."from_rep_id"
    WHERE m."promise_id" = p."id" AND m."kind" = 'handedOver' AND (m."at" AT TIME ZONE u."time_zone") >= p."day" + p."hour" * interval '1 hour'
    ORDER BY m."at", m."id" LIMIT 1),
  p."rep_id")
WHERE p."day" IS NOT NULL;

-- An outcome that is counted by a day is counted for somebody, and the other way round.
ALTER TABLE "promise" ADD CONSTRAINT "promise_counted_whole" CHECK (("day" IS NULL) = ("counted_rep_id" IS NULL));
