import { clientEvents, refusalSchema, serverEvents } from '$contract/sockets/index.ts';
import type { ClientEventName, ClientPayload, ClientReply, ServerEventName, ServerEvents } from '$contract/sockets/index.ts';
import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';

/** A client event that the server refused, or that nobody answered (`code` is `noAnswer`). */
export class RealtimeRefusal extends Error {
  override readonly name = 'RealtimeRefusal';
  readonly code: string;
  constructor(code: string, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.code = code;
  }
}

const answerTimeoutMilliseconds = 8000;

/** One socket for the whole console: same origin, same cookie, opened by the shell after sign-in. */
export const socket: Socket = io({
  path: '/socket.io',
  autoConnect: false,
  withCredentials: true,
  reconnectionDelay: 300,
  reconnectionDelayMax: 5000,
});

/** Hears one server event, checked by the contract; the answer stops it. */
export function on<Name extends ServerEventName>(name: Name, handler: (payload: ServerEvents[Name]) => void): () => void {
  const listener = (given: unknown): void => {
    const payload = serverEvents[name].safeParse(given);
    if (payload.success) handler(payload.data as ServerEvents[Name]);
    else console.error(`${name} is outside the contract`, payload.error);
  };
  // socket.io's own type asks for one handler per event map; names and payloads are checked above.
  socket.on<string>(name, listener);
  return () => socket.off<string>(name, listener);
}

/** Asks the server and waits for its acknowledgement. @throws RealtimeRefusal */
export async function ask<Name extends ClientEventName>(name: Name, payload: ClientPayload<Name>): Promise<ClientReply<Name>> {
  const answer: unknown = await socket
    .timeout(answerTimeoutMilliseconds)
    .emitWithAck(name, payload)
    .catch((error: unknown) => {
      throw new RealtimeRefusal('noAnswer', 'The server did not answer', error);
    });
  const refusal = refusalSchema.safeParse(answer);
  if (refusal.success) throw new RealtimeRefusal(refusal.data.error.code, refusal.data.error.detail);
  return clientEvents[name].reply.parse(answer) as ClientReply<Name>;
}

/** Runs after each (re)connection, at once when connected: where a screen asks for what it missed. The answer stops it. */
export function onConnected(listener: () => void): () => void {
  socket.on('connect', listener);
  if (socket.connected) listener();
  return () => socket.off('connect', listener);
}
