import type { Socket } from 'socket.io';
import type { Actor } from '../../app/actor.ts';
import type { ClientEventName, ClientReply } from '../../contract/sockets/index.ts';
import type { App } from '../app.ts';

/** Who asks, through which socket. */
export interface ClientContext {
  app: App;
  actor: Actor;
  socket: Socket;
}

/** What answers the client events of these names. */
export type ClientHandlers<Names extends ClientEventName> = {
  [Name in Names]: (context: ClientContext, payload: unknown) => Promise<ClientReply<Name>>;
};
