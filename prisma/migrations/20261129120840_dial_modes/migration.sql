-- CreateEnum
CREATE TYPE "DialMode" AS ENUM ('preview', 'progressive');

-- AlterTable
ALTER TABLE "app_user" ADD COLUMN     "continues_by_itself" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "call_list" ADD COLUMN     "countdown_seconds" SMALLINT NOT NULL DEFAULT 7,
ADD COLUMN     "dial_mode" "DialMode" NOT NULL DEFAULT 'preview';
