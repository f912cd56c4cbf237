import * as contract from '../../../contract/http/calls.ts';
import { commandCall, type CallCommand } from '../../../app/calls/command-call.ts';
import { currentCall } from '../../../app/calls/current-call.ts';
import { disposeCall } from '../../../app/calls/dispose-call.ts';
import { listDispositions } from '../../../app/calls/list-dispositions.ts';
import { getCall, listCalls } from '../../../app/calls/read-calls.ts';
import { saveDraft } from '../../../app/calls/save-draft.ts';
import { startCall } from '../../../app/calls/start-call.ts';
import { invalid } from '../../../app/problem.ts';
import { noContent, route } from '../kit/route.ts';

const accepted = { accepted: true } as const;

const command = (endpoint: typeof contract.hangupCall, kind: Exclude<CallCommand['kind'], 'dtmf' | 'transfer'>) =>
  route(endpoint, async ({ app, actor, params }) => {
    await commandCall(app, actor, params.id, { kind });
    return accepted;
  });

/** Without the key a repeated request would dial twice. */
function idempotencyKeyOf(header: string | undefined): string {
  const key = header?.trim() ?? '';
  if (key === '' || key.length > 200)
    throw invalid('Idempotency-Key', 'required', 'the header Idempotency-Key is needed, up to 200 characters');
  return key;
}

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
  route(contract.transferCall, async ({ app, actor, params, body }) => {
    await commandCall(app, actor, params.id, { kind: 'transfer', to: body.to });
    return accepted;
  }),
  route(contract.saveDraft, ({ app, actor, params, body }) => saveDraft(app, actor, params.id, body.draft)),
  route(contract.disposeCall, ({ app, actor, params, body }) => disposeCall(app, actor, params.id, body)),
  route(contract.listCalls, ({ app, actor, query }) => listCalls(app, actor, query)),
  route(contract.getCall, ({ app, actor, params }) => getCall(app, actor, params.id)),
];
