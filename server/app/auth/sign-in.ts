import { verify as verifyTotp } from 'otplib';
import { accountDelaySeconds, addressDelaySeconds } from '../../core/sign-in/delay.ts';
import type { AppContext } from '../context.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { AccountForSignIn, Failures, SessionStore, SignInStore } from '../ports/stores/sessions.ts';
import { Refused } from '../problem.ts';
import { newSessionToken, sessionDays, type HashToken } from './session-token.ts';

const failureMemoryMinutes = 30;

export interface SignInParts extends Pick<AppContext, 'clock'> {
  passwords: Passwords;
  hashToken: HashToken;
  sessions: SessionStore;
  signIns: SignInStore;
}

export interface SignInInput {
  email: string;
  password: string;
  totp: string | undefined;
  address: string;
  userAgent: string | null;
}

async function refuseWhileDelayed(parts: SignInParts, input: SignInInput, now: Date): Promise<void> {
  const since = new Date(now.getTime() - failureMemoryMinutes * 60_000);
  const { ofAccount, ofAddress } = await parts.signIns.failuresSince(input.email, input.address, since);
  const left = (failures: Failures, delaySeconds: number): number =>
    failures.lastAt ? delaySeconds - (now.getTime() - failures.lastAt.getTime()) / 1000 : 0;
  const waitSeconds = Math.max(
    left(ofAccount, accountDelaySeconds(ofAccount.count)),
    left(ofAddress, addressDelaySeconds(ofAddress.count)),
  );
  if (waitSeconds <= 0) return;
  const retryAfterSeconds = Math.ceil(waitSeconds);
  throw new Refused(429, 'tooManyTries', `try again in ${retryAfterSeconds} s`, { retryAfterSeconds });
}

async function refuseWrongTotp(account: AccountForSignIn, totp: string | undefined, now: Date): Promise<void> {
  if (account.totpSecret === null) return;
  if (totp === undefined) throw new Refused(401, 'totpNeeded', 'the six digits of the authenticator are needed', { field: 'totp' });
  const { valid } = await verifyTotp({ secret: account.totpSecret, token: totp, epoch: now.getTime() / 1000, epochTolerance: 30 });
  if (!valid) throw new Refused(401, 'totpWrong', 'these six digits do not fit', { field: 'totp' });
}

/** Checks the password (and the second factor when the account has one) and opens a session; answers its token for the cookie. */
export async function signIn(parts: SignInParts, input: SignInInput): Promise<{ token: string; userId: number; expiresAt: Date }> {
  const now = parts.clock.now();
  await refuseWhileDelayed(parts, input, now);
  const account = await parts.signIns.findAccount(input.email);
  const matches = await parts.passwords.verify(account?.passwordHash ?? null, input.password);
  if (!account || !matches) {
    await parts.signIns.recordFailure(input.email, input.address, now);
    throw new Refused(401, 'wrongSignIn', 'the address or the password is wrong', { field: 'password' });
  }
  try {
    await refuseWrongTotp(account, input.totp, now);
  } catch (error) {
    if (input.totp !== undefined) await parts.signIns.recordFailure(input.email, input.address, now);
    throw error;
  }
  await parts.signIns.forgetFailures(input.email);
  const token = newSessionToken();
  const expiresAt = new Date(now.getTime() + sessionDays * 86_400_000);
  await parts.sessions.create({
    tokenHash: parts.hashToken(token),
    userId: account.id,
    expiresAt,
    ip: input.address,
    userAgent: input.userAgent,
    now,
  });
  return { token, userId: account.id, expiresAt };
}
