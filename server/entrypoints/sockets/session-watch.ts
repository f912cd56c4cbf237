import type { Server as SocketServer, Socket } from 'socket.io';
import type { Actor } from '../../app/actor.ts';
import type { App } from '../app.ts';

/** A disabled person's sockets are closed within 5 s on every node (faults.md); this leaves time for the query and a missed round. */
const everyMs = 2_000;

interface SignedIn {
  actor: Actor;
  tokenHash: string;
}

const signedInOf = (socket: Socket): SignedIn => socket.data as SignedIn;

/** Rooms follow from role and team: another one means that the socket sits in the wrong ones. */
const sameRights = (one: Actor, other: Actor): boolean => one.role === other.role && one.teamId === other.teamId;

/** Closes this process's sockets whose session has ended, whose account is disabled, or whose rights are others now. Answers how many. */
export async function closeEndedSockets(io: SocketServer, app: Pick<App, 'sessions' | 'clock'>): Promise<number> {
  const sockets = [...io.of('/').sockets.values()];
  if (sockets.length === 0) return 0;
  const hashes = [...new Set(sockets.map((socket) => signedInOf(socket).tokenHash))];
  const actors = await app.sessions.actorsOf(hashes, app.clock.now());
  const ended = sockets.filter((socket) => {
    const { actor, tokenHash } = signedInOf(socket);
    const now = actors.get(tokenHash);
    return now === undefined || !sameRights(now, actor);
  });
  for (const socket of ended) socket.disconnect(true);
  return ended.length;
}

/** Watches the sockets of this process until it is stopped. Whoever changes access closes them at once; this is the guarantee behind it, on every node. */
export function watchSessions(io: SocketServer, app: Pick<App, 'sessions' | 'clock' | 'log'>): { stop: () => void } {
  const timer = setInterval(() => {
    closeEndedSockets(io, app).catch((error: unknown) => {
      app.log.error({ err: error }, 'sessions of live sockets could not be checked');
    });
  }, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
    },
  };
}
