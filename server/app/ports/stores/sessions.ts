import type { Actor } from '../../actor.ts';

export interface SessionStore {
  create(session: { tokenHash: string; userId: number; expiresAt: Date; ip: string | null; userAgent: string | null; now: Date }): Promise<void>;
  /** The person behind a live session of an enabled account; null otherwise. */
  actorOf(tokenHash: string, now: Date): Promise<Actor | null>;
  /** The people behind those of the sessions that still live; what is absent has ended. */
  actorsOf(tokenHashes: readonly string[], now: Date): Promise<Map<string, Actor>>;
  remove(tokenHash: string): Promise<void>;
  removeAllOf(userId: number): Promise<void>;
  removeExpired(now: Date): Promise<number>;
}

export interface AccountForSignIn {
  id: number;
  passwordHash: string;
  totpSecret: string | null;
}

export interface SignInStore {
  /** Enabled accounts only. */
  findAccount(email: string): Promise<AccountForSignIn | null>;
  /** Failures since, by account and by address; and when the last one was. */
  failuresSince(account: string, address: string, since: Date): Promise<{ ofAccount: number; ofAddress: number; lastAt: Date | null }>;
  recordFailure(account: string, address: string, at: Date): Promise<void>;
  forgetFailures(account: string): Promise<void>;
}
