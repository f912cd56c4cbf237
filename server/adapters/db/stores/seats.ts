import type { SeatStore } from '../../../app/ports/stores/seats.ts';
import type { Transaction } from '../client.ts';

export function seatStore(transaction: Transaction): SeatStore {
  return {
    lock: async (userId) => {
      await transaction.$queryRaw`SELECT id FROM app_user WHERE id = ${userId} FOR NO KEY UPDATE`;
      return transaction.headsetSeat.findUnique({ where: { userId }, select: { computerId: true, leaseUntil: true } });
    },
    save: async (userId, seat) => {
      await transaction.headsetSeat.upsert({ where: { userId }, create: { userId, ...seat }, update: seat });
    },
    shorten: async (userId, socketId, until) => {
      const { count } = await transaction.headsetSeat.updateMany({
        where: { userId, socketId, leaseUntil: { gt: until } },
        data: { leaseUntil: until },
      });
      return count > 0;
    },
  };
}
