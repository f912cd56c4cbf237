import type { Socket } from 'socket.io';
import type { Actor } from '../../app/actor.ts';
import { watchBoard } from '../../app/kpi/watch-board.ts';
import { setPresence } from '../../app/presence/set-presence.ts';
import { Refused } from '../../app/problem.ts';
import { clientEvents, type ClientEventName, type ClientReply } from '../../contract/sockets/index.ts';
import type { App } from '../app.ts';

export interface ClientContext {
  app: App;
  actor: Actor;
  socket: Socket;
}

const callers: readonly Actor['role'][] = ['rep', 'lead', 'head', 'admin'];

function onlyCallers(actor: Actor): void {
  if (!callers.includes(actor.role)) throw new Refused(403, 'notAllowed', `not for the role ${actor.role}`);
}

type Handlers = { [Name in ClientEventName]: (context: ClientContext, payload: unknown) => Promise<ClientReply<Name>> };

const handlers: Handlers = {
  'headset:offer': async ({ app, actor }, payload) => {
    onlyCallers(actor);
    const { sdp } = clientEvents['headset:offer'].payload.parse(payload);
    return { sdp: (await app.telephony.connectHeadset(actor.id, sdp)).answerSdp };
  },
  'headset:ice': async ({ app, actor }, payload) => {
    onlyCallers(actor);
    await app.telephony.addHeadsetCandidate(actor.id, clientEvents['headset:ice'].payload.parse(payload));
    return { ok: true };
  },
  'headset:check': async ({ app, actor }, payload) => {
    onlyCallers(actor);
    await app.telephony.playHeadsetCheck(actor.id, clientEvents['headset:check'].payload.parse(payload).what);
    return { ok: true };
  },
  'presence:set': async ({ app, actor }, payload) => {
    onlyCallers(actor);
    return { state: await setPresence(app, actor, clientEvents['presence:set'].payload.parse(payload).state) };
  },
  'board:watch': ({ app, actor }) => watchBoard(app, actor),
};

/** What a client may ask over its socket; roles are checked in each. */
export const clientHandlers = {
  handle: (name: ClientEventName, context: ClientContext, payload: unknown): Promise<unknown> => handlers[name](context, payload),
};
