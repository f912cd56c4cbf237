import { createHmac, randomBytes } from 'node:crypto';

/** A session lives two weeks; it ends earlier at sign-out or when the account is disabled. */
export const sessionDays = 14;

export const newSessionToken = (): string => randomBytes(32).toString('base64url');

/** What is stored of a token. */
export type HashToken = (token: string) => string;

/** Only a keyed hash is stored: who reads the base cannot sign in with it, and a new secret ends every session. */
export const sessionTokenHasher =
  (secret: string): HashToken =>
  (token) =>
    createHmac('sha256', secret).update(token).digest('hex');
