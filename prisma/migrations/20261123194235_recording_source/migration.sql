-- AlterTable
ALTER TABLE "recording" ADD COLUMN     "source_partial" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "source_path" TEXT;

-- CreateIndex
CREATE INDEX "recording_status_created_at_idx" ON "recording"("status", "created_at");
