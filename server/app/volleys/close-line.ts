import type { Settings } from '../../contract/settings.ts';
import { suggestedDisposition } from '../../core/calls/suggested-disposition.ts';
import { fateOf } from '../../core/dialing/volley.ts';
import type { Actor } from '../actor.ts';
import { dispose } from '../calls/dispose-call.ts';
import { oweCallBack } from '../inbound/owe-call-back.ts';
import type { Stores } from '../ports/stores/index.ts';
import { placeLead } from '../queue/place-lead.ts';

interface Moment {
  now: Date;
  settings: Settings;
}

async function callOf(stores: Stores, callId: number) {
  const call = await stores.calls.find(callId);
  if (!call) throw new Error(`call ${callId} is gone`);
  return call;
}

/** A human answered and met nobody: it is counted against the cap, and the rep owes the company a call at once. */
export async function oweAbandoned(stores: Stores, callId: number, moment: Moment): Promise<void> {
  const call = await callOf(stores, callId);
  await stores.volleys.saveAbandoned(callId, moment.now);
  const company = await stores.inbound.company(call.companyId);
  if (!company) throw new Error(`call ${callId} has no company`);
  await oweCallBack(stores, call, company, { ...moment, why: 'abandonedCall' });
  // A line that lives on is placed when it is over.
  if (call.state === 'ended') await placeLead(stores, { companyId: call.companyId, ...moment });
}

/**
 * A line that did not win is over. A try gets the outcome that its cause says, as when the rep confirms it; who was taken back stands where
 * he stood, and who met nobody where his obligation puts him: neither wants an outcome.
 */
export async function closeLine(stores: Stores, callId: number, rep: Actor, moment: Moment): Promise<void> {
  const call = await callOf(stores, callId);
  const code = suggestedDisposition(call.endCause, call.answeredBy);
  if (fateOf(call) === 'tried' && code !== null) {
    const body = { code, meetingNotThePurpose: false, answers: {} };
    await dispose(stores, { call, actor: rep, body, ...moment });
    return;
  }
  await stores.inbound.saveDisposedAt(callId, moment.now);
  if (call.leadId !== null) await stores.queue.removeClaim(rep.id, call.leadId);
  await placeLead(stores, { companyId: call.companyId, ...moment });
}
