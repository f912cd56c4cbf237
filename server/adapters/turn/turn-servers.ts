import { createHmac } from 'node:crypto';
import type { IceServers } from '../../app/ports/ice-servers.ts';

/** Longer than any shift; a laptop that was lost cannot relay tomorrow. */
const lifeSeconds = 86_400;

/**
 * STUN and TURN servers with credentials made from a secret that only we and the TURN server know: the name is the instant at
 * which they expire and whose they are, the password is its HMAC-SHA1 (draft-uberti-behave-turn-rest, coturn's `use-auth-secret`).
 */
export function turnServers(settings: {
  stunUrls: readonly string[];
  turnUrls: readonly string[];
  secret: string | undefined;
}): IceServers {
  const { stunUrls, turnUrls, secret } = settings;
  return {
    issue: (userId, now) => {
      const stun = stunUrls.length > 0 ? [{ urls: [...stunUrls] }] : [];
      if (turnUrls.length === 0 || secret === undefined) return stun;
      const username = `${Math.floor(now.getTime() / 1000) + lifeSeconds}:${userId}`;
      const credential = createHmac('sha1', secret).update(username).digest('base64');
      return [...stun, { urls: [...turnUrls], username, credential }];
    },
  };
}
