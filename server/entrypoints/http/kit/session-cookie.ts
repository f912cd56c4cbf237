import { parseCookie, stringifySetCookie } from 'cookie';
import type { IncomingMessage } from 'node:http';
import type { HashToken } from '../../../app/auth/session-token.ts';
import type { Actor } from '../../../app/actor.ts';
import type { App } from '../../app.ts';

/** `__Host-` binds the cookie to this host and https; a plain-http address (a laptop, a test) cannot have it. */
const cookieName = (secure: boolean): string => (secure ? '__Host-zagon' : 'zagon');

export interface SessionCookies {
  /** Hash of the token that the request carries; null without one. */
  tokenHashOf(request: IncomingMessage): string | null;
  write(token: string, expiresAt: Date): string;
  clear(): string;
}

/** The session cookie for an address: `publicUrl` decides whether it is a secure one. */
export function sessionCookies(publicUrl: string, hashToken: HashToken): SessionCookies {
  const secure = publicUrl.startsWith('https:');
  const name = cookieName(secure);
  const attributes = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  return {
    tokenHashOf: (request) => {
      const token = parseCookie(request.headers.cookie ?? '')[name];
      return token ? hashToken(token) : null;
    },
    write: (token, expiresAt) => stringifySetCookie({ name, value: token, ...attributes, expires: expiresAt }),
    clear: () => stringifySetCookie({ name, value: '', ...attributes, maxAge: 0 }),
  };
}

/** Who is behind a request or a socket's handshake. */
export async function actorOfRequest(app: App, cookies: SessionCookies, request: IncomingMessage): Promise<Actor | null> {
  const tokenHash = cookies.tokenHashOf(request);
  return tokenHash === null ? null : app.sessions.actorOf(tokenHash, app.clock.now());
}
