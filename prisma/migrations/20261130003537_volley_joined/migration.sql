-- AlterTable
ALTER TABLE "call" ADD COLUMN     "joined_at" TIMESTAMPTZ(3);

-- Who won until now was taken for joined; of a volley that is not over yet, whoever is on the line is joined once more and written then.
UPDATE "call" c SET "joined_at" = c."answered_at" FROM "volley" v
WHERE v."winner_id" = c."id" AND (v."ended_at" IS NOT NULL OR c."state" = 'ended');
