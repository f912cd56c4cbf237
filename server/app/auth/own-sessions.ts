import Bowser from 'bowser';
import type { SessionView } from '../../contract/http/profile.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import { conflict, notFound } from '../problem.ts';

/** Browser and system in words, from what the browser says of itself. */
function deviceOf(userAgent: string | null): Pick<SessionView, 'browser' | 'system'> {
  if (!userAgent) return { browser: null, system: null };
  const { browser, os } = Bowser.parse(userAgent);
  return { browser: browser.name ?? null, system: os.name ?? null };
}

/** Where the actor is signed in; the asking session stands first. */
export async function ownSessions(
  app: Pick<AppContext, 'clock'> & { reads: Pick<Reads, 'people'> },
  actor: Actor,
  tokenHash: string,
): Promise<SessionView[]> {
  const sessions = await app.reads.people.sessionsOf(actor.id, app.clock.now());
  const views = sessions.map((session) => ({
    id: session.id,
    ...deviceOf(session.userAgent),
    // A v4 address that came over a v6 socket is read as what it is.
    address: session.ip?.replace(/^::ffff:/, '') ?? null,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    current: session.tokenHash === tokenHash,
  }));
  return views.sort((one, other) => Number(other.current) - Number(one.current));
}

const logEnded = (actor: Actor, sessions: number) => ({
  userId: actor.id,
  action: 'user.endSessions',
  entity: 'user',
  entityId: actor.id,
  details: { sessions },
});

/** Ends one of the actor's other sessions; answers its token's hash, whose sockets the caller closes. @throws Refused 404, 409 `thisSession` */
export const endOwnSession = (app: AppContext, actor: Actor, sessionId: number, tokenHash: string): Promise<string> =>
  app.unitOfWork.run(async (stores) => {
    const ended = await stores.sessions.removeOneOf(actor.id, sessionId);
    if (ended === null) throw notFound('session');
    if (ended === tokenHash) throw conflict('thisSession', 'sign out to end the session you are in');
    await stores.audit.write(logEnded(actor, 1));
    return ended;
  });

/** Ends all sessions of the actor but the asking one; answers the hashes of their tokens, whose sockets the caller closes. */
export const endOtherSessions = (app: AppContext, actor: Actor, tokenHash: string): Promise<string[]> =>
  app.unitOfWork.run(async (stores) => {
    const ended = await stores.sessions.removeOthersOf(actor.id, tokenHash);
    if (ended.length > 0) await stores.audit.write(logEnded(actor, ended.length));
    return ended;
  });
