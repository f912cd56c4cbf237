-- CreateTable
CREATE TABLE "voice_clip" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "owner_id" INTEGER,
    "created_by_id" INTEGER NOT NULL,
    "storage_key" TEXT NOT NULL,
    "duration_seconds" DOUBLE PRECISION NOT NULL,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "voice_clip_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "voice_clip" ADD CONSTRAINT "voice_clip_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "voice_clip" ADD CONSTRAINT "voice_clip_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "app_user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One default of each owner and one of the department; also finds a person's clips and the department's.
CREATE UNIQUE INDEX voice_clip_default ON voice_clip (coalesce(owner_id, 0)) WHERE is_default;
CREATE INDEX voice_clip_owner ON voice_clip (owner_id);
