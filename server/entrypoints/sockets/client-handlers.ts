import type { Actor } from '../../app/actor.ts';
import { watchBoard } from '../../app/kpi/watch-board.ts';
import { headsetAccess } from '../../app/headset/headset-access.ts';
import { askForSeat, mustGetSeat } from '../../app/headset/seat.ts';
import { setPresence } from '../../app/presence/set-presence.ts';
import { Refused } from '../../app/problem.ts';
import { clientEvents, type ClientEventName } from '../../contract/sockets/index.ts';
import type { ClientContext, ClientHandlers } from './client-context.ts';
import { supervisionHandlers } from './supervision-handlers.ts';

const callers: readonly Actor['role'][] = ['rep', 'lead', 'head', 'admin'];

function onlyCallers(actor: Actor): void {
  if (!callers.includes(actor.role)) throw new Refused(403, 'notAllowed', `not for the role ${actor.role}`);
}

const handlers: ClientHandlers<ClientEventName> = {
  'headset:seat': async ({ app, actor, socket }, payload) => {
    onlyCallers(actor);
    return { seat: await askForSeat(app, actor, { ...clientEvents['headset:seat'].payload.parse(payload), socketId: socket.id }) };
  },
  'headset:access': async ({ app, actor, socket }, payload) => {
    onlyCallers(actor);
    const { computerId } = clientEvents['headset:access'].payload.parse(payload);
    if (computerId !== undefined) await mustGetSeat(app, actor, { computerId, socketId: socket.id });
    return headsetAccess(app, actor);
  },
  'headset:offer': async ({ app, actor, socket }, payload) => {
    onlyCallers(actor);
    const { computerId, sdp } = clientEvents['headset:offer'].payload.parse(payload);
    if (computerId !== undefined) await mustGetSeat(app, actor, { computerId, socketId: socket.id });
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
  ...supervisionHandlers,
};

/** What a client may ask over its socket; roles are checked in each. */
export const clientHandlers = {
  handle: (name: ClientEventName, context: ClientContext, payload: unknown): Promise<unknown> => handlers[name](context, payload),
};
