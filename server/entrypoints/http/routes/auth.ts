import { signIn } from '../../../app/auth/sign-in.ts';
import { updateOwnProfile } from '../../../app/auth/update-own-profile.ts';
import { Refused } from '../../../app/problem.ts';
import { login, logout, me, updateMe, type Me } from '../../../contract/http/auth.ts';
import type { App } from '../../app.ts';
import type { LiveSockets } from '../../sockets/live-sockets.ts';
import type { SessionCookies } from '../kit/session-cookie.ts';
import { publicRoute, route, type Route } from '../kit/route.ts';

async function meOf(app: App, userId: number): Promise<Me> {
  const person = await app.reads.people.me(userId);
  if (!person) throw new Refused(401, 'signInFirst', 'sign in first');
  return { ...person, telephony: app.telephony.name };
}

/** Sign-in and the signed-in person's own settings. */
export function authRoutes(cookies: SessionCookies, sockets: LiveSockets): Route[] {
  return [
    publicRoute(login, async ({ app, body, request, response }) => {
      const session = await signIn(app, {
        email: body.email,
        password: body.password,
        totp: body.totp,
        address: request.ip ?? 'unknown',
        userAgent: request.get('user-agent')?.slice(0, 300) ?? null,
      });
      response.setHeader('Set-Cookie', cookies.write(session.token, session.expiresAt));
      return meOf(app, session.userId);
    }),
    route(logout, async ({ app, request, response }) => {
      const tokenHash = cookies.tokenHashOf(request);
      if (tokenHash !== null) {
        await app.sessions.remove(tokenHash);
        sockets.closeSession(tokenHash);
      }
      response.setHeader('Set-Cookie', cookies.clear());
      return { ok: true as const };
    }),
    route(me, ({ app, actor }) => meOf(app, actor.id)),
    route(updateMe, async ({ app, actor, body }) => {
      await updateOwnProfile(app, actor, body);
      return meOf(app, actor.id);
    }),
  ];
}
