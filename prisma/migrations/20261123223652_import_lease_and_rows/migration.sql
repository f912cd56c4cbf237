-- AlterTable
ALTER TABLE "import" ADD COLUMN     "lease_until" TIMESTAMPTZ(3),
ADD COLUMN     "worker" TEXT;

-- CreateTable
CREATE TABLE "import_row" (
    "fingerprint" UUID NOT NULL,
    "company_id" INTEGER NOT NULL,

    CONSTRAINT "import_row_pkey" PRIMARY KEY ("fingerprint")
);

-- CreateIndex
CREATE INDEX "import_row_company_id_idx" ON "import_row"("company_id");

-- AddForeignKey
ALTER TABLE "import_row" ADD CONSTRAINT "import_row_company_id_fkey" FOREIGN KEY ("company_id") REFERENCES "company"("id") ON DELETE CASCADE ON UPDATE CASCADE;
