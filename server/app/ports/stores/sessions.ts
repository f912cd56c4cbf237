import type { Actor } from '../actor.ts';

export interface SessionStore {
  create(session: {
    tokenHash: string;
    userId: number;
    expiresAt: Date;
    ip: string | null;
    userAgent: string | null;
    now: Date;
  }): Promise<void>;
  /** The person behind a live session of an enabled account, which is thereby seen; null otherwise. */
  actorOf(tokenHash: string, now: Date): Promise<Actor | null>;
  /** The people behind those of the sessions that still live; what is absent has ended. */
  actorsOf(tokenHashes: readonly string[], now: Date): Promise<Map<string, Actor>>;
  remove(tokenHash: string): Promise<void>;
  removeAllOf(userId: number): Promise<void>;
  /** Ends one session of this person; answers its token's hash, null when he has no such session. */
  removeOneOf(userId: number, sessionId: number): Promise<string | null>;
  /** Ends every session of this person but one; answers the hashes of the ended ones' tokens. */
  removeOthersOf(userId: number, keptTokenHash: string): Promise<string[]>;
  removeExpired(now: Date): Promise<number>;
}

export interface AccountForSignIn {
  id: number;
  passwordHash: string;
  totpSecret: string | null;
}

/** How many failures, and when the last one was. */
export interface Failures {
  count: number;
  lastAt: Date | null;
}

export interface SignInStore {
  /** Enabled accounts only. */
  findAccount(email: string): Promise<AccountForSignIn | null>;
  /**
   * Failures since, of the account and of the address. From an address where the account's owner has signed in before,
   * only that address's failures count against the account: strangers elsewhere cannot keep him out.
   */
  failuresSince(account: string, address: string, since: Date): Promise<{ ofAccount: Failures; ofAddress: Failures }>;
  recordFailure(account: string, address: string, at: Date): Promise<void>;
  forgetFailures(account: string): Promise<void>;
}
