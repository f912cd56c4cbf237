import { accountDelaySeconds, addressDelaySeconds } from '../../core/sign-in/delay.ts';
import type { AppContext } from '../context.ts';
import type { Passwords } from '../ports/passwords.ts';
import type { AccountForSignIn, Failures, SignInStore } from '../ports/stores/sessions.ts';
import { Refused } from '../problem.ts';

const failureMemoryMinutes = 30;

export interface PasswordParts extends Pick<AppContext, 'clock'> {
  passwords: Passwords;
  signIns: SignInStore;
}

export interface PasswordTry {
  email: string;
  password: string;
  address: string;
}

async function refuseWhileDelayed(parts: PasswordParts, { email, address }: PasswordTry, now: Date): Promise<void> {
  const since = new Date(now.getTime() - failureMemoryMinutes * 60_000);
  const { ofAccount, ofAddress } = await parts.signIns.failuresSince(email, address, since);
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

/**
 * Looks at one try of a password, wherever it is asked for: failures count together and slow down the next try.
 * Answers the account, or null when the address or the password is wrong. @throws Refused 429 `tooManyTries`
 */
export async function checkPassword(parts: PasswordParts, attempt: PasswordTry): Promise<AccountForSignIn | null> {
  const now = parts.clock.now();
  await refuseWhileDelayed(parts, attempt, now);
  const account = await parts.signIns.findAccount(attempt.email);
  const matches = await parts.passwords.verify(account?.passwordHash ?? null, attempt.password);
  if (account && matches) return account;
  await parts.signIns.recordFailure(attempt.email, attempt.address, now);
  return null;
}
