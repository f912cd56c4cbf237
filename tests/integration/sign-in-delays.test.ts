import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../../server/app/auth/sign-in.ts';
import type { Passwords } from '../../server/app/ports/passwords.ts';
import { Refused } from '../../server/app/problem.ts';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { sessionStore, signInStore } from '../../server/adapters/db/stores/sessions.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { twoTeams } from '../support/two-teams.ts';

/** Hashing is not what is tried here; ten thousand argon2 hashes would only cost time. */
const plainPasswords: Passwords = {
  hash: (password) => Promise.resolve(password),
  verify: (stored, password) => Promise.resolve(stored === password),
};

let fresh: FreshDatabase;
let database: Database;
let now = new Date('2026-11-24T08:00:00Z');

const parts = () => ({
  clock: { now: () => now },
  passwords: plainPasswords,
  sessions: sessionStore(database.prisma),
  signIns: signInStore(database.prisma),
  hashToken: (token: string) => token,
});
const attempt = async (email: string, password: string, address: string): Promise<{ code: string; waitSeconds: number }> => {
  try {
    await signIn(parts(), { email, password, totp: undefined, address, userAgent: null });
    return { code: 'signedIn', waitSeconds: 0 };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { code: error.code, waitSeconds: error.retryAfterSeconds ?? 0 };
  }
};
const pass = (seconds: number): void => {
  now = new Date(now.getTime() + seconds * 1000);
};

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  await twoTeams(database.prisma, 'right');
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

describe('guessing', () => {
  it('two thousand tries in a second from one address look at a handful of passwords', async () => {
    const codes = new Map<string, number>();
    for (let tries = 0; tries < 2_000; tries += 1) {
      const { code } = await attempt('rep@test.local', `guess ${tries}`, '203.0.113.1');
      codes.set(code, (codes.get(code) ?? 0) + 1);
      pass(0.0005);
    }
    expect(codes.get('wrongSignIn')).toBeLessThanOrEqual(5);
    expect(codes.get('tooManyTries')).toBeGreaterThan(1_990);
    // What is refused unseen is not kept either: the table does not grow with the attack.
    expect(await database.prisma.signInFailure.count()).toBeLessThanOrEqual(5);
  });

  it('an attacker locks nobody out: after the short delay of the account its owner gets in', async () => {
    const { waitSeconds } = await attempt('rep@test.local', 'guess', '203.0.113.1');
    expect(waitSeconds).toBeLessThanOrEqual(8);
    pass(8);
    expect((await attempt('rep@test.local', 'right', '198.51.100.7')).code).toBe('signedIn');
  });

  it('an attacker who never stops does not keep the owner out of an address he uses', async () => {
    for (let rounds = 0; rounds < 20; rounds += 1) {
      await attempt('rep@test.local', 'guess', `203.0.113.${rounds + 20}`);
      expect((await attempt('rep@test.local', 'guess', '203.0.113.250')).code).not.toBe('signedIn');
      expect((await attempt('rep@test.local', 'right', '198.51.100.7')).code).toBe('signedIn');
      pass(8);
    }
  });

  it('one address that tries many accounts is slowed down too', async () => {
    pass(3600);
    for (let account = 0; account < 40; account += 1) {
      await attempt(`nobody-${account}@test.local`, 'guess', '203.0.113.9');
      pass(0.1);
    }
    const { code, waitSeconds } = await attempt('seller@test.local', 'right', '203.0.113.9');
    expect(code).toBe('tooManyTries');
    expect(waitSeconds).toBeGreaterThan(0);
    // From elsewhere the same account is not delayed.
    expect((await attempt('seller@test.local', 'right', '198.51.100.8')).code).toBe('signedIn');
  });

  it('says the same of an account that exists and of one that does not', async () => {
    pass(3600);
    const known = await attempt('head@test.local', 'wrong', '198.51.100.20');
    const unknown = await attempt('nobody@test.local', 'wrong', '198.51.100.21');
    expect(known).toEqual(unknown);
  });
});
