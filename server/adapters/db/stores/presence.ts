import type { PresenceStore } from '../../../app/ports/stores/presence.ts';
import type { Transaction } from '../client.ts';

export function presenceStore(transaction: Transaction): PresenceStore {
  return {
    set: async (userId, state, now, leaseUntil) => {
      const before = await transaction.presence.findUnique({ where: { userId } });
      const changed = before?.state !== state;
      await transaction.presence.upsert({
        where: { userId },
        create: { userId, state, since: now, leaseUntil },
        update: { state, leaseUntil, ...(changed ? { since: now } : {}) },
      });
      return { changed };
    },
    shortenLease: async (userId, leaseUntil) => {
      await transaction.presence.updateMany({ where: { userId, leaseUntil: { gt: leaseUntil } }, data: { leaseUntil } });
    },
    expire: async (now) => {
      const gone = await transaction.presence.findMany({
        where: { leaseUntil: { lte: now }, state: { not: 'away' } },
        select: { userId: true },
      });
      const userIds = gone.map((presence) => presence.userId);
      await transaction.presence.updateMany({ where: { userId: { in: userIds } }, data: { state: 'away', since: now } });
      return userIds;
    },
  };
}
