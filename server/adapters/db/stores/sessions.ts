import type { Failures, SessionStore, SignInStore } from '../../../app/ports/stores/sessions.ts';
import { actorFrom } from '../actor-from.ts';
import type { Transaction } from '../client.ts';

/** When a session was seen is told to the minute: a busy console costs one write a minute, not one a request. */
const seenEveryMs = 60_000;

export function sessionStore(transaction: Transaction): SessionStore {
  return {
    create: async ({ now, ...session }) => {
      await transaction.session.create({ data: { ...session, createdAt: now, lastSeenAt: now } });
    },
    actorOf: async (tokenHash, now) => {
      const session = await transaction.session.findFirst({
        where: { tokenHash, expiresAt: { gt: now }, user: { disabledAt: null } },
        include: { user: true },
      });
      if (!session) return null;
      if (now.getTime() - session.lastSeenAt.getTime() >= seenEveryMs)
        await transaction.session.updateMany({ where: { tokenHash }, data: { lastSeenAt: now } });
      return actorFrom(session.user);
    },
    actorsOf: async (tokenHashes, now) => {
      const sessions = await transaction.session.findMany({
        where: { tokenHash: { in: [...tokenHashes] }, expiresAt: { gt: now }, user: { disabledAt: null } },
        include: { user: true },
      });
      return new Map(sessions.map((session) => [session.tokenHash, actorFrom(session.user)]));
    },
    remove: async (tokenHash) => {
      await transaction.session.deleteMany({ where: { tokenHash } });
    },
    removeAllOf: async (userId) => {
      await transaction.session.deleteMany({ where: { userId } });
    },
    removeOneOf: async (userId, sessionId) => {
      const session = await transaction.session.findFirst({ where: { id: sessionId, userId }, select: { tokenHash: true } });
      const { count } = await transaction.session.deleteMany({ where: { id: sessionId, userId } });
      return session !== null && count > 0 ? session.tokenHash : null;
    },
    removeOthersOf: async (userId, keptTokenHash) => {
      const rows = await transaction.$queryRaw<{ token_hash: string }[]>`
        DELETE FROM session WHERE user_id = ${userId} AND token_hash <> ${keptTokenHash} RETURNING token_hash`;
      return rows.map((row) => row.token_hash);
    },
    removeExpired: async (now) => (await transaction.session.deleteMany({ where: { expiresAt: { lte: now } } })).count,
  };
}

export function signInStore(transaction: Transaction): SignInStore {
  return {
    findAccount: (email) =>
      transaction.user.findFirst({ where: { email, disabledAt: null }, select: { id: true, passwordHash: true, totpSecret: true } }),
    failuresSince: async (account, address, since) => {
      const failures = async (where: { account?: string; address?: string }): Promise<Failures> => {
        const { _count, _max } = await transaction.signInFailure.aggregate({
          where: { ...where, at: { gt: since } },
          _count: true,
          _max: { at: true },
        });
        return { count: _count, lastAt: _max.at };
      };
      const isKnownAddress = (await transaction.session.count({ where: { ip: address, user: { email: account } } })) > 0;
      const [ofAccount, ofAddress] = await Promise.all([
        failures(isKnownAddress ? { account, address } : { account }),
        failures({ address }),
      ]);
      return { ofAccount, ofAddress };
    },
    recordFailure: async (account, address, at) => {
      await transaction.signInFailure.create({ data: { account, address, at } });
    },
    forgetFailures: async (account) => {
      await transaction.signInFailure.deleteMany({ where: { account } });
    },
  };
}
