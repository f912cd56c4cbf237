import { randomUUID } from 'node:crypto';
import type { PartyInput } from '../../contract/http/call-parties.ts';
import { partyOfWord, partyWord, type CallParty } from '../../core/calls/call-party.ts';
import type { CarrierEventBody } from '../../core/calls/carrier-event.ts';
import { readPhone } from '../../core/import/phones.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { Telephony } from '../ports/telephony.ts';
import { conflict, invalid, notFound } from '../problem.ts';
import { obeyed, ownLiveCall } from './command-call.ts';
import { mustNotConsult } from './consultations.ts';
import { takeCarrierEvent } from './take-carrier-event.ts';

type Calling = AppContext & { telephony: Telephony };

/** Whom the rep means. @throws Refused 404 when there is no such colleague, 422 for a number that cannot be called */
async function partyOf(app: Calling, actor: Actor, { to, repId }: PartyInput): Promise<CallParty> {
  if (repId !== undefined) {
    const [colleague] = repId === actor.id ? [] : await app.unitOfWork.run((stores) => stores.inbound.answering([repId]));
    if (!colleague) throw notFound('colleague');
    return { kind: 'rep', repId };
  }
  const phone = readPhone(to ?? '', (await app.settings.read()).calls.defaultCountry);
  if (!phone) throw invalid('to', 'phoneUnreadable', 'this number cannot be called');
  return { kind: 'number', e164: phone.e164 };
}

/** Hands the prospect on. @throws Refused 404; 409 `callEnded`, `callNotLive`; 422 `to` */
export async function transferCall(app: Calling, actor: Actor, callId: number, input: PartyInput): Promise<void> {
  await ownLiveCall(app, actor, callId);
  await obeyed(app.telephony.transfer(callId, await partyOf(app, actor, input)));
}

/**
 * Asks somebody in: a number is called at once; a colleague is asked at his console first, and joined when he comes (`joinCall`).
 * @throws Refused 404; 409 `callEnded`, `callNotLive`, `partyMismatch`, `colleagueBusy`; 422 `to`
 */
export async function consultCall(app: Calling, actor: Actor, callId: number, input: PartyInput): Promise<void> {
  const call = await ownLiveCall(app, actor, callId);
  const party = await partyOf(app, actor, input);
  if (call.party !== null) throw conflict('partyMismatch', 'somebody is in this call already');
  if (call.state !== 'answered') throw conflict('callNotLive', 'nobody is in this call now');
  if (party.kind === 'number') {
    await obeyed(app.telephony.consult(callId, party));
    return;
  }
  await app.unitOfWork.run(async (stores) => {
    mustBeFree(await stores.calls.openOf(party.repId));
    await mustNotConsult(stores, party.repId);
  });
  await sayOurselves(app, callId, { kind: 'partyAsked', party: partyWord(party) });
}

function mustBeFree(open: CallRecord | null): void {
  if (open && open.state !== 'ended') throw conflict('colleagueBusy', 'the colleague is in a call');
}

/** Our own word in a call's log, about what the carrier has no part in. */
async function sayOurselves(app: Calling, callId: number, body: CarrierEventBody): Promise<void> {
  const told = await app.unitOfWork.run((stores) => stores.calls.events(callId));
  // The key orders what is stamped alike: our word follows all that was known when it was said.
  const eventKey = `zagon:${String(told.length).padStart(6, '0')}:${randomUUID()}`;
  await takeCarrierEvent(app, { callId, eventKey, at: app.clock.now(), carrierWord: 'zagon', body });
}

/** Lets who was asked in go, or stops asking. @throws Refused 404; 409 `callEnded`, `callNotLive` */
export async function dismissParty(app: Calling, actor: Actor, callId: number): Promise<void> {
  await letGo(app, await ownLiveCall(app, actor, callId));
}

async function letGo(app: Calling, call: CallRecord): Promise<void> {
  if (call.party === null) return;
  if (call.partyState === 'asked' && partyOfWord(call.party).kind === 'rep')
    await sayOurselves(app, call.id, { kind: 'partyLeft', party: call.party });
  else await obeyed(app.telephony.dismissParty(call.id));
}

/** The call of a colleague who asked the actor. @throws Refused 404 */
async function askedInto(app: Calling, actor: Actor, callId: number): Promise<CallRecord> {
  const calls = await app.unitOfWork.run((stores) => stores.calls.askedInto(actor.id));
  const call = calls.find(({ id }) => id === callId);
  if (!call) throw notFound('call');
  return call;
}

/** Comes into the call of the colleague who asked. @throws Refused 404; 409 `callLive`, `callNotLive`, `partyUnreachable`, `colleagueBusy` */
export async function joinCall(app: Calling, actor: Actor, callId: number): Promise<void> {
  const call = await askedInto(app, actor, callId);
  if (call.partyState !== 'asked') return;
  const own = await app.unitOfWork.run((stores) => stores.calls.openOf(actor.id));
  if (own && own.state !== 'ended') throw conflict('callLive', 'a call is still live');
  await obeyed(app.telephony.consult(callId, { kind: 'rep', repId: actor.id }));
}

/** Declines to come, or leaves; the prospect is then with the colleague again. @throws Refused 404 */
export async function leaveCall(app: Calling, actor: Actor, callId: number): Promise<void> {
  await letGo(app, await askedInto(app, actor, callId));
}
