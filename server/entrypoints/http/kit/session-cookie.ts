import { parseCookie, stringifySetCookie } from 'cookie';
import type { IncomingMessage } from 'node:http';
import { hashSessionToken } from '../../../app/auth/session-token.ts';
import type { Actor } from '../../../app/actor.ts';
import type { App } from '../../app.ts';

/** `__Host-` binds the cookie to this host and https; a plain-http address (a laptop, a test) cannot have it. */
const cookieName = (secure: boolean): string => (secure ? '__Host-zagon' : 'zagon');

export interface SessionCookies {
  read(request: IncomingMessage): string | null;
  write(token: string, expiresAt: Date): string;
  clear(): string;
}

/** The session cookie for an address: `publicUrl` decides whether it is a secure one. */
export function sessionCookies(publicUrl: string): SessionCookies {
  const secure = publicUrl.startsWith('https:');
  const name = cookieName(secure);
  const attributes = { httpOnly: true, sameSite: 'lax', secure, path: '/' } as const;
  return {
    read: (request) => parseCookie(request.headers.cookie ?? '')[name] ?? null,
    write: (token, expiresAt) => stringifySetCookie({ name, value: token, ...attributes, expires: expiresAt }),
    clear: () => stringifySetCookie({ name, value: '', ...attributes, maxAge: 0 }),
  };
}

/** Who is behind a request or a socket's handshake. */
export async function actorOfRequest(app: App, cookies: SessionCookies, request: IncomingMessage): Promise<Actor | null> {
  const token = cookies.read(request);
  return token === null ? null : app.sessions.actorOf(hashSessionToken(token), app.clock.now());
}
