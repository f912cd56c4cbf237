-- CreateTable
CREATE TABLE "carrier_leg" (
    "call_id" INTEGER NOT NULL,
    "rep_id" INTEGER,
    "to_e164" TEXT NOT NULL,
    "from_e164" TEXT NOT NULL,
    "phase" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "sid" TEXT,
    "room_sid" TEXT,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" TEXT,
    "ended_at" TIMESTAMPTZ(3),
    "end_cause" "EndCause",
    "end_word" TEXT,
    "inbound" BOOLEAN NOT NULL DEFAULT false,
    "message" BOOLEAN NOT NULL DEFAULT false,
    "hangup_asked" BOOLEAN NOT NULL DEFAULT false,
    "muted" BOOLEAN NOT NULL DEFAULT false,
    "record" BOOLEAN NOT NULL,
    "recording" TEXT NOT NULL DEFAULT 'none',
    "recording_sid" TEXT,

    CONSTRAINT "carrier_leg_pkey" PRIMARY KEY ("call_id")
);

-- CreateTable
CREATE TABLE "carrier_pace" (
    "carrier" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "carrier_pace_pkey" PRIMARY KEY ("carrier")
);

-- CreateIndex
CREATE UNIQUE INDEX "carrier_leg_sid_key" ON "carrier_leg"("sid");

-- AddForeignKey
ALTER TABLE "carrier_leg" ADD CONSTRAINT "carrier_leg_call_id_fkey" FOREIGN KEY ("call_id") REFERENCES "call"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One live leg a rep: a second dial is refused by the base, whichever node asks.
CREATE UNIQUE INDEX carrier_leg_live_rep ON carrier_leg (rep_id) WHERE phase IN ('waiting', 'asked', 'placed');

-- Serves the sweep of recordings that are not settled at the carrier.
CREATE INDEX carrier_leg_recording_due ON carrier_leg (ended_at)
  WHERE record AND phase = 'ended' AND recording IN ('none', 'announced', 'handedOver');
