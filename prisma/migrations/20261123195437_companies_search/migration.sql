-- Search finds parts of names and numbers; the extension is trusted, so that an owner of the database may add it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "import_draft" (
    "import_id" INTEGER NOT NULL,
    "company_id" INTEGER NOT NULL,
    "keys" TEXT[],
    "facts" JSONB NOT NULL,
    "listed" BOOLEAN NOT NULL,

    CONSTRAINT "import_draft_pkey" PRIMARY KEY ("import_id","company_id")
);

-- CreateIndex
CREATE INDEX "import_draft_keys_idx" ON "import_draft" USING GIN ("keys");

-- CreateIndex
CREATE INDEX "company_name_search" ON "company" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "company_tax_number_search" ON "company" USING GIN ("tax_number" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "contact_name_search" ON "contact" USING GIN ("name" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "phone_search" ON "phone" USING GIN ("e164" gin_trgm_ops);

-- AddForeignKey
ALTER TABLE "import_draft" ADD CONSTRAINT "import_draft_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import"("id") ON DELETE CASCADE ON UPDATE CASCADE;
