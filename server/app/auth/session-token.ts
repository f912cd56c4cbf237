import { createHash, randomBytes } from 'node:crypto';

/** A session lives two weeks; it ends earlier at sign-out or when the account is disabled. */
export const sessionDays = 14;

export const newSessionToken = (): string => randomBytes(32).toString('base64url');

/** Only the hash is stored: who reads the base cannot sign in with it. */
export const hashSessionToken = (token: string): string => createHash('sha256').update(token).digest('hex');
