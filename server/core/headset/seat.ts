/** The computer that a person works at: his headset, his card and his call are in its browser and in no other. */
export interface Seat {
  computerId: string;
  /** Its page says again and again that it is there; one that was closed or lost its network does not. */
  leaseUntil: Date;
}

export interface AskForSeat {
  computerId: string;
  /** The person pressed the button for it, here and now. */
  taken: boolean;
  /** He talks or rings: then nothing but his own hand moves the line. */
  inCall: boolean;
  now: Date;
}

/** Whether a computer gets the seat: the newest explicit taking wins, and a computer that only came gets what nobody holds any more. */
export function getsSeat(seat: Seat | null, { computerId, taken, inCall, now }: AskForSeat): boolean {
  if (taken || seat === null || seat.computerId === computerId) return true;
  return seat.leaseUntil <= now && !inCall;
}
