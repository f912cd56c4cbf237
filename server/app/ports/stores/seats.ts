import type { Seat } from '../../../core/headset/seat.ts';

export interface SeatStore {
  /** Where this person works, or null; he is locked until the transaction ends, so that two computers are never both told yes. */
  lock(userId: number): Promise<Seat | null>;
  /** `socketId` is the connection that speaks for the computer from now on. */
  save(userId: number, seat: Seat & { socketId: string }): Promise<void>;
  /** The connection was lost: the seat is free then, unless its computer comes back. Answers whether it held one. */
  shorten(userId: number, socketId: string, until: Date): Promise<boolean>;
}
