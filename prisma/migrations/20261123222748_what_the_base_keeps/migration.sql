-- CreateEnum
CREATE TYPE "PlannedEventKind" AS ENUM ('tender', 'contact');

-- AlterTable
ALTER TABLE "app_user" ADD COLUMN     "channel_id" INTEGER;

-- AlterTable
ALTER TABLE "company" ADD COLUMN     "do_not_call_reason" TEXT;

-- AlterTable
ALTER TABLE "deal" ADD COLUMN     "qualification" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "visit" ADD COLUMN     "contact_id" INTEGER;

-- CreateTable
CREATE TABLE "planned_event" (
    "id" SERIAL NOT NULL,
    "company_id" INTEGER NOT NULL,
    "kind" "PlannedEventKind" NOT NULL,
    "title" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "months_ahead" SMALLINT NOT NULL,
    "author_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "planned_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" SERIAL NOT NULL,
    "owner_id" INTEGER NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "columns" TEXT[],
    "shared" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "planned_event_company_id_on_idx" ON "planned_event"("company_id", "on");

-- CreateIndex
CREATE INDEX "saved_view_page_idx" ON "saved_view"("page");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_owner_id_page_name_key" ON "saved_view"("owner_id", "page", "name");

-- CreateIndex
CREATE INDEX "call_contact_id_intent_at_idx" ON "call"("contact_id", "intent_at");

-- CreateIndex
CREATE INDEX "company_name_id_idx" ON "company"("name", "id");

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "visit" ADD CONSTRAINT "visit_contact_id_fkey" FOREIGN KEY ("contact_id") REFERENCES "contact"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "planned_event" ADD CONSTRAINT "planned_event_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "saved_view" ADD CONSTRAINT "saved_view_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The contact matrix reads page by page in this order; what is not set comes last.
CREATE INDEX company_matrix_order ON company (coalesce(channel_id, 2147483647), coalesce(subchannel_id, 2147483647), coalesce(region_id, 2147483647), name, id);
