import type { Request } from 'express';
import { changeOwnPassword } from '../../../app/auth/change-own-password.ts';
import { confirmOwnTotp, removeOwnTotp } from '../../../app/auth/own-second-factor.ts';
import { endOtherSessions, endOwnSession, ownSessions } from '../../../app/auth/own-sessions.ts';
import { startTotp } from '../../../app/people/second-factor.ts';
import * as profile from '../../../contract/http/profile.ts';
import type { LiveSockets } from '../../sockets/live-sockets.ts';
import { route, type Route } from '../kit/route.ts';
import type { SessionCookies } from '../kit/session-cookie.ts';

const done = { ok: true } as const;
const addressOf = (request: Request): string => request.ip ?? 'unknown';

/** What a person changes about his own account: password, second factor, where he is signed in. */
export function profileRoutes(cookies: SessionCookies, sockets: LiveSockets): Route[] {
  const closeAll = (tokenHashes: readonly string[]): void => {
    for (const tokenHash of tokenHashes) sockets.closeSession(tokenHash);
  };
  const ownHash = (request: Request): string => {
    const tokenHash = cookies.tokenHashOf(request);
    if (tokenHash === null) throw new Error('a signed-in request has no session cookie');
    return tokenHash;
  };
  return [
    route(profile.changePassword, async ({ app, actor, body, request }) => {
      closeAll(await changeOwnPassword(app, actor, { ...body, address: addressOf(request), tokenHash: ownHash(request) }));
      return done;
    }),
    route(profile.startOwnTotp, ({ app, actor }) => startTotp(app, actor.id)),
    route(profile.confirmOwnTotp, async ({ app, actor, body }) => {
      await confirmOwnTotp(app, actor, body);
      return done;
    }),
    route(profile.removeOwnTotp, async ({ app, actor, body, request }) => {
      await removeOwnTotp(app, actor, { password: body.password, address: addressOf(request) });
      return done;
    }),
    route(profile.listSessions, async ({ app, actor, request }) => ({ items: await ownSessions(app, actor, ownHash(request)) })),
    route(profile.endSession, async ({ app, actor, params, request }) => {
      closeAll([await endOwnSession(app, actor, params.id, ownHash(request))]);
      return done;
    }),
    route(profile.endOtherSessions, async ({ app, actor, request }) => {
      const ended = await endOtherSessions(app, actor, ownHash(request));
      closeAll(ended);
      return { ended: ended.length };
    }),
  ];
}
