-- AlterTable
ALTER TABLE "call" ADD COLUMN     "waits_until" TIMESTAMPTZ(3);
