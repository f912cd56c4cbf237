import { changeSupervision } from '../../app/supervision/change-supervision.ts';
import { passAnswer, passOffer } from '../../app/supervision/connect-supervision.ts';
import { keepSupervision } from '../../app/supervision/keep-supervision.ts';
import { startSupervision } from '../../app/supervision/start-supervision.ts';
import { stopSupervision } from '../../app/supervision/stop-supervision.ts';
import { takeMixed } from '../../app/supervision/take-mixed.ts';
import { supervisionClientEvents as events } from '../../contract/sockets/supervision.ts';
import type { ClientHandlers } from './client-context.ts';

/** Who may is checked in each use case, by role, team and whose call it is. */
export const supervisionHandlers: ClientHandlers<keyof typeof events> = {
  'supervise:start': ({ app, actor, socket }, payload) =>
    startSupervision(app, actor, { ...events['supervise:start'].payload.parse(payload), socketId: socket.id }),
  'supervise:offer': async ({ app, actor }, payload) => {
    await passOffer(app, actor, events['supervise:offer'].payload.parse(payload));
    return { ok: true };
  },
  'supervise:mode': ({ app, actor }, payload) => changeSupervision(app, actor, events['supervise:mode'].payload.parse(payload)),
  'supervise:stop': async ({ app, actor }, payload) => {
    await stopSupervision(app, actor, events['supervise:stop'].payload.parse(payload));
    return { ok: true };
  },
  'supervise:keep': ({ app, actor, socket }, payload) =>
    keepSupervision(app, actor, { ...events['supervise:keep'].payload.parse(payload), socketId: socket.id }),
  'supervise:answer': async ({ app, actor, socket }, payload) => {
    await passAnswer(app, actor, { ...events['supervise:answer'].payload.parse(payload), socketId: socket.id });
    return { ok: true };
  },
  'supervise:mixed': async ({ app, actor }, payload) => {
    await takeMixed(app, actor, events['supervise:mixed'].payload.parse(payload));
    return { ok: true };
  },
};
