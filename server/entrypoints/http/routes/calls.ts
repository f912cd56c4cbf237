import * as contract from '../../../contract/http/calls.ts';
import { commandCall, type CallCommand } from '../../../app/calls/command-call.ts';
import { currentCall } from '../../../app/calls/current-call.ts';
import { disposeCall } from '../../../app/calls/dispose-call.ts';
import { listDispositions } from '../../../app/calls/list-dispositions.ts';
import { getCall, listCalls } from '../../../app/calls/read-calls.ts';
import { saveDraft } from '../../../app/calls/save-draft.ts';
import { startCall } from '../../../app/calls/start-call.ts';
import { partyRoutes } from './call-parties.ts';
import { idempotencyKeyOf } from '../kit/idempotency-key.ts';
import { noContent, route } from '../kit/route.ts';

const accepted = { accepted: true } as const;

const command = (endpoint: typeof contract.hangupCall, kind: Exclude<CallCommand['kind'], 'dtmf'>) =>
  route(endpoint, async ({ app, actor, params }) => {
    await commandCall(app, actor, params.id, { kind });
    return accepted;
  });

export const callRoutes = [
  route(contract.listDispositions, async ({ app, actor }) => ({ items: await listDispositions(app, actor) })),
  route(contract.startCall, ({ app, actor, body, request }) =>
    startCall(app, actor, { ...body, phoneId: body.phoneId, idempotencyKey: idempotencyKeyOf(request.get('Idempotency-Key')) }),
  ),
  route(contract.currentCall, async ({ app, actor }) => (await currentCall(app, actor)) ?? noContent),
  command(contract.hangupCall, 'hangup'),
  command(contract.holdCall, 'hold'),
  command(contract.unholdCall, 'unhold'),
  command(contract.muteCall, 'mute'),
  command(contract.unmuteCall, 'unmute'),
  route(contract.sendDigits, async ({ app, actor, params, body }) => {
    await commandCall(app, actor, params.id, { kind: 'dtmf', digits: body.digits });
    return accepted;
  }),
  ...partyRoutes,
  route(contract.saveDraft, ({ app, actor, params, body }) => saveDraft(app, actor, params.id, body.draft)),
  route(contract.disposeCall, ({ app, actor, params, body }) => disposeCall(app, actor, params.id, body)),
  route(contract.listCalls, ({ app, actor, query }) => listCalls(app, actor, query)),
  route(contract.getCall, ({ app, actor, params }) => getCall(app, actor, params.id)),
];
