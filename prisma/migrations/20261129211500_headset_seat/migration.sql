-- The computer that a person works at: one at a time, by its newest explicit taking.
-- CreateTable
CREATE TABLE "headset_seat" (
    "user_id" INTEGER NOT NULL,
    "computer_id" UUID NOT NULL,
    "socket_id" TEXT NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "headset_seat_pkey" PRIMARY KEY ("user_id")
);

-- AddForeignKey
ALTER TABLE "headset_seat" ADD CONSTRAINT "headset_seat_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "app_user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
