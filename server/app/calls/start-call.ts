import type { CallView } from '../../contract/http/calls.ts';
import type { Settings } from '../../contract/settings.ts';
import type { CarrierEvent, EndCause } from '../../core/calls/carrier-event.ts';
import { isDialable } from '../../core/queue/choose-phone.ts';
import { localDay, localHour } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { CallRecord, DialTarget } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { DialOutcome, Telephony } from '../ports/telephony.ts';
import { conflict, invalid } from '../problem.ts';
import { checkCallable } from './check-callable.ts';
import { applyEvent } from './take-carrier-event.ts';

export interface StartInput {
  leadId: number;
  phoneId: number | undefined;
  idempotencyKey: string;
}

type Dialling = AppContext & { telephony: Telephony };

/**
 * Dials the lead that the rep holds. The intent is committed before the carrier hears of it; the same key gives the same call.
 * @throws Refused 409 `claimLost`, `callLive`, `outcomeMissing`, `doNotCall`, `notCallableNow`, `companyBusy`; 422 on the phone
 */
export async function startCall(app: Dialling, actor: Actor, input: StartInput): Promise<CallView> {
  const settings = await app.settings.read();
  const written = await app.unitOfWork.run((stores) => writeIntent(app, stores, actor, { ...input, settings }));
  if (!written.isNew) return app.unitOfWork.run((stores) => stores.calls.view(written.call.id));
  const request = {
    callId: written.call.id,
    repId: actor.id,
    to: written.call.phoneE164,
    from: null,
    ringTimeoutSeconds: settings.calls.ringTimeoutSeconds,
    record: true,
  };
  const outcome = await dial(app, request);
  return keepOutcome(app, written.call.id, outcome);
}

/** A carrier that breaks off may have dialled: that is ambiguous, and never dialled again. */
async function dial(app: Dialling, request: Parameters<Telephony['dial']>[0]): Promise<DialOutcome> {
  try {
    return await app.telephony.dial(request);
  } catch (error) {
    app.log.error({ err: error, callId: request.callId }, 'the carrier broke off a dial; it will be looked up');
    return { kind: 'ambiguous', carrierWord: error instanceof Error ? error.message : String(error) };
  }
}

async function writeIntent(
  app: Dialling,
  stores: Stores,
  actor: Actor,
  { settings, ...input }: StartInput & { settings: Settings },
): Promise<{ call: CallRecord; isNew: boolean }> {
  const same = await stores.calls.withKey(actor.id, input.idempotencyKey);
  if (same) return { call: same, isNew: false };
  const open = await stores.calls.openOf(actor.id);
  if (open)
    throw open.state === 'ended'
      ? conflict('outcomeMissing', 'the last call has no outcome yet')
      : conflict('callLive', 'a call is still live');
  const target = await stores.calls.dialTarget(input.leadId);
  const claim = await stores.queue.claimOf(actor.id);
  if (!target || claim?.leadId !== input.leadId) throw conflict('claimLost', 'this lead is not held by you');
  if (target.doNotCall || target.status === 'killed') throw conflict('doNotCall', 'this company is not called any more');
  const phone = choosePhone(target, input.phoneId, settings.queue.consentRequired);
  const now = app.clock.now();
  await checkCallable(stores, actor, { companyId: target.companyId, now, settings });
  const id = await stores.calls.create({
    idempotencyKey: input.idempotencyKey,
    repId: actor.id,
    companyId: target.companyId,
    leadId: input.leadId,
    contactId: phone.contactId ?? target.openPromise?.contactId ?? null,
    phoneId: phone.id,
    phoneE164: phone.e164,
    carrier: app.telephony.name,
    intentAt: now,
    day: localDay(now, actor.timeZone),
    hour: localHour(now, actor.timeZone),
    companyDay: localDay(now, target.timeZone),
    reason: claim.reason,
    promiseId: target.openPromise?.id ?? null,
    teamId: actor.teamId,
    listId: target.listId,
    channelId: target.channelId,
    sourceId: target.sourceId,
  });
  if (id === null) return lostRace(stores, actor, input);
  const call = await stores.calls.find(id);
  if (!call) throw new Error(`call ${id} vanished inside its own transaction`);
  await stores.outbox.announce({ event: 'call:state', audience: { user: actor.id }, payload: await stores.calls.view(id) });
  await announceBoardRows(stores, [actor.id]);
  return { call, isNew: true };
}

/** Two tabs pressed together, or the company is in another call: the base let one through. */
async function lostRace(stores: Stores, actor: Actor, input: StartInput): Promise<{ call: CallRecord; isNew: boolean }> {
  const same = await stores.calls.withKey(actor.id, input.idempotencyKey);
  if (same) return { call: same, isNew: false };
  throw (await stores.calls.openOf(actor.id))
    ? conflict('callLive', 'a call is still live')
    : conflict('companyBusy', 'this company is in a call already');
}

function choosePhone(target: DialTarget, phoneId: number | undefined, consentRequired: boolean): DialTarget['phones'][number] {
  const inUse = target.phones.filter((phone) => isDialable(phone, { company: target.consent, required: consentRequired }));
  if (phoneId !== undefined) {
    const asked = inUse.find((phone) => phone.id === phoneId);
    if (!asked) throw invalid('phoneId', 'phoneNotInUse', 'this number is retired, banned or not of this company');
    return asked;
  }
  const chosen = inUse.find((phone) => phone.contactId !== null && phone.contactId === target.openPromise?.contactId) ?? inUse[0];
  if (!chosen) throw invalid('phoneId', 'noPhone', 'this company has no number in use');
  return chosen;
}

async function keepOutcome(app: Dialling, callId: number, outcome: DialOutcome): Promise<CallView> {
  const now = app.clock.now();
  const settings = await app.settings.read();
  return app.unitOfWork.run(async (stores) => {
    const call = await stores.calls.lock(callId);
    if (!call) throw new Error(`call ${callId} vanished`);
    switch (outcome.kind) {
      case 'accepted':
        await stores.calls.saveDialled(callId, { carrierCallId: outcome.carrierCallId, dialedAt: call.dialedAt ?? now, ambiguous: false });
        break;
      case 'refused':
        await applyEvent(stores, call, endEvent(callId, 'dial:refused', outcome.cause, outcome.carrierWord, now), { now, settings });
        break;
      case 'ambiguous':
        await stores.calls.saveDialled(callId, { carrierCallId: null, dialedAt: call.dialedAt, ambiguous: call.state !== 'ended' });
        break;
      default:
        outcome satisfies never;
    }
    return stores.calls.view(callId);
  });
}

/** An end that the carrier did not send as an event but answered. */
export const endEvent = (callId: number, eventKey: string, cause: EndCause, carrierWord: string, at: Date): CarrierEvent => ({
  callId,
  eventKey,
  at,
  carrierWord,
  body: { kind: 'ended', cause },
});
