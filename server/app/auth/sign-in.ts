import { verify as verifyTotp } from 'otplib';
import type { AccountForSignIn, SessionStore } from '../ports/stores/sessions.ts';
import { Refused } from '../problem.ts';
import { checkPassword, type PasswordParts, type PasswordTry } from './check-password.ts';
import { newSessionToken, sessionDays, type HashToken } from './session-token.ts';

export interface SignInParts extends PasswordParts {
  hashToken: HashToken;
  sessions: SessionStore;
}

export interface SignInInput extends PasswordTry {
  totp: string | undefined;
  userAgent: string | null;
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
  const account = await checkPassword(parts, input);
  if (!account) throw new Refused(401, 'wrongSignIn', 'the address or the password is wrong', { field: 'password' });
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
