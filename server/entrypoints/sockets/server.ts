import { Server as SocketServer, type ServerOptions, type Socket } from 'socket.io';
import type { Actor } from '../../app/actor.ts';
import { seatKeeper } from '../../app/headset/seat.ts';
import { shortenPresence } from '../../app/presence/set-presence.ts';
import { Refused } from '../../app/problem.ts';
import { supervisionKeeper } from '../../app/supervision/keep-supervision.ts';
import { clientEvents, type ClientEventName, type Refusal } from '../../contract/sockets/index.ts';
import { machineScheduler } from '../../adapters/telephony/sandbox/scheduler.ts';
import type { App } from '../app.ts';
import { actorOfRequest, type SessionCookies } from '../http/kit/session-cookie.ts';
import type { ClientContext } from './client-context.ts';
import { clientHandlers } from './client-handlers.ts';
import { roomOfSession, roomOfTeam, roomOfUser, watchersRoom } from './live-sockets.ts';

export interface SocketOptions {
  /** Shares rooms between nodes; in memory when absent. */
  adapter?: ServerOptions['adapter'];
  cookies: SessionCookies;
  allowedOrigin: (origin: string | undefined, host: string | undefined) => boolean;
}

/** The Socket.IO server, not yet attached to the one http server; the handshake is authorised by the same cookie and Origin rule as HTTP. */
export function createSocketServer(app: App, options: SocketOptions): SocketServer {
  const io = new SocketServer({
    path: '/socket.io',
    ...(options.adapter ? { adapter: options.adapter } : {}),
    serveClient: false,
    maxHttpBufferSize: 200_000,
    connectionStateRecovery: { maxDisconnectionDuration: 30_000, skipMiddlewares: false },
    allowRequest: (request, decide) => {
      decide(null, options.allowedOrigin(request.headers.origin, request.headers.host));
    },
  });
  io.use((socket, next) => {
    actorOfRequest(app, options.cookies, socket.request)
      .then((actor) => {
        if (actor) socket.data = { actor, tokenHash: options.cookies.tokenHashOf(socket.request) };
        next(actor ? undefined : new Error('signInFirst'));
      })
      .catch((error: unknown) => {
        app.log.error({ err: error }, 'socket sign-in failed');
        next(new Error('internal'));
      });
  });
  const supervision = supervisionKeeper(app, machineScheduler);
  const seats = seatKeeper(app, machineScheduler);
  io.on('connection', (socket) => {
    const { actor, tokenHash } = socket.data as { actor: Actor; tokenHash: string };
    void socket.join([roomOfSession(tokenHash), ...roomsOf(actor)]);
    for (const name of Object.keys(clientEvents) as ClientEventName[]) bindHandler(app, socket, actor, name);
    socket.on('disconnect', () => {
      leaveWhenLast(io, app, actor).catch((error: unknown) => {
        app.log.error({ err: error, userId: actor.id }, 'presence was not shortened');
      });
      seats.onSocketLost(actor.id, socket.id).catch((error: unknown) => {
        app.log.error({ err: error, userId: actor.id }, 'a lost socket was not taken as the end of its headset; the lease will be');
      });
      supervision.onSocketLost(socket.id).catch((error: unknown) => {
        app.log.error({ err: error, userId: actor.id }, 'a lost socket was not taken as the end of supervision; its lease will be');
      });
    });
  });
  return io;
}

/** A rep with a second tab is still here; without any, his presence lease is cut to the time he has to come back. */
async function leaveWhenLast(io: SocketServer, app: App, actor: Actor): Promise<void> {
  const others = await io.in(roomOfUser(actor.id)).fetchSockets();
  if (others.length === 0) await shortenPresence(app, actor);
}

/** Rooms follow from the session alone (faults.md: never the client's word). */
function roomsOf(actor: Actor): string[] {
  const own = [roomOfUser(actor.id)];
  if (actor.role === 'lead' && actor.teamId !== null) own.push(roomOfTeam(actor.teamId));
  if (actor.role === 'head' || actor.role === 'admin') own.push(watchersRoom);
  return own;
}

function refusalOf(app: App, name: ClientEventName, error: unknown): Refusal {
  if (error instanceof Refused) return { error: { code: error.code, detail: error.message } };
  app.log.error({ err: error, event: name }, 'client event failed');
  return { error: { code: 'internal', detail: 'internal error' } };
}

function bindHandler(app: App, socket: Socket, actor: Actor, name: ClientEventName): void {
  const context: ClientContext = { app, actor, socket };
  socket.on(name, (payload: unknown, acknowledge: unknown) => {
    const answer = (reply: unknown): void => {
      if (typeof acknowledge === 'function') (acknowledge as (reply: unknown) => void)(reply);
    };
    const parsed = clientEvents[name].payload.safeParse(payload);
    if (!parsed.success) {
      answer({ error: { code: 'invalidInput', detail: parsed.error.issues[0]?.message ?? 'invalid input' } } satisfies Refusal);
      return;
    }
    clientHandlers.handle(name, context, parsed.data).then(answer, (error: unknown) => {
      answer(refusalOf(app, name, error));
    });
  });
}
