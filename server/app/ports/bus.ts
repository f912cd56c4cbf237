import type { ServerEventName, ServerEvents } from '../../contract/sockets/index.ts';

/** Where a socket event goes. Rooms are joined by the server from the session, never by the client's word. */
export type Audience = { user: number } | { team: number } | 'watchers';

/** What is told to sockets after a commit; it is written to the outbox inside the transaction. */
export interface Announcement<Name extends ServerEventName = ServerEventName> {
  event: Name;
  audience: Audience;
  payload: ServerEvents[Name];
}
