import type { CallView } from '../../contract/http/calls.ts';
import type { Reason } from '../../contract/http/queue.ts';
import type { Settings } from '../../contract/settings.ts';
import type { CarrierEvent, EndCause } from '../../core/calls/carrier-event.ts';
import { chooseNumber } from '../../core/caller-id/choose-number.ts';
import { isDialable } from '../../core/queue/choose-phone.ts';
import { localDay, localHour } from '../../core/hours/local-time.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { RecordingStorage } from '../ports/recording-storage.ts';
import type { CallRecord, DialTarget } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import type { ClaimRecord } from '../ports/stores/queue.ts';
import type { DialOutcome, DialRequest, Telephony } from '../ports/telephony.ts';
import { conflict, invalid } from '../problem.ts';
import { announcementFor } from './announcement.ts';
import { mustNotConsult } from './consultations.ts';
import { checkCallable } from './check-callable.ts';
import { applyEvent } from './take-carrier-event.ts';

export interface StartInput {
  leadId: number;
  phoneId: number | undefined;
  idempotencyKey: string;
}

type Dialling = AppContext & { telephony: Telephony; recordingStorage: RecordingStorage };

/**
 * Dials the lead that the rep holds. The intent is committed before the carrier hears of it; the same key gives the same call.
 * @throws Refused 409 `claimLost`, `callLive`, `inConsultation`, `outcomeMissing`, `doNotCall`, `notCallableNow`, `companyBusy`; 422 on the phone
 */
export async function startCall(app: Dialling, actor: Actor, input: StartInput): Promise<CallView> {
  const settings = await app.settings.read();
  const written = await app.unitOfWork.run((stores) => writeIntent(app, stores, actor, { ...input, settings }));
  if (!written.isNew) return app.unitOfWork.run((stores) => stores.calls.view(written.call.id));
  return dialWritten(app, written.call, settings);
}

/** Dials what was written down and keeps what the carrier answers. */
export async function dialWritten(
  app: Dialling,
  call: CallRecord,
  settings: Settings,
  connect: NonNullable<DialRequest['connect']> = 'onAnswer',
): Promise<CallView> {
  const { id: callId, repId, phoneE164: to, fromE164: from } = call;
  const { ringTimeoutSeconds } = settings.calls;
  const announcement = await announcementFor(app, call);
  return keepOutcome(app, callId, await dial(app, { callId, repId, to, from, ringTimeoutSeconds, record: true, announcement, connect }));
}

/** A carrier that breaks off may have dialled: that is ambiguous, and never dialled again. */
async function dial(app: Dialling, request: DialRequest): Promise<DialOutcome> {
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
  // Two windows of one rep wait for each other: what the first wrote is found by its key, before it stands in the second's way.
  await stores.queue.lockRep(actor.id);
  const same = await stores.calls.withKey(actor.id, input.idempotencyKey);
  if (same) return { call: same, isNew: false };
  const now = app.clock.now();
  const { target, claim, phone } = await heldToDial(stores, actor, { ...input, settings, now });
  const carrier = app.telephony.name;
  const call = await writeCall(stores, actor, { target, phone, carrier, now, settings, ...input, reason: claim.reason, volleyId: null });
  if (call === null) return lostRace(stores, actor, input);
  await stores.outbox.announce({ event: 'call:state', audience: { user: actor.id }, payload: await stores.calls.view(call.id) });
  await announceBoardRows(stores, [actor.id]);
  return { call, isNew: true };
}

/**
 * Whom the rep holds and may dial now, and on which number.
 * @throws Refused 409 `claimLost`, `callLive`, `inConsultation`, `outcomeMissing`, `doNotCall`, `notCallableNow`; 422 on the phone
 */
export async function heldToDial(
  stores: Stores,
  actor: Actor,
  { leadId, phoneId, settings, now }: StartInput & { settings: Settings; now: Date },
): Promise<{ target: DialTarget; claim: ClaimRecord; phone: DialTarget['phones'][number] }> {
  await mustBeFree(stores, actor);
  const target = await stores.calls.dialTarget(leadId);
  const claim = await stores.queue.claimOf(actor.id);
  if (!target || claim?.leadId !== leadId) throw conflict('claimLost', 'this lead is not held by you');
  const phone = phoneToDial(target, phoneId, settings);
  await checkCallable(stores, actor, { companyId: target.companyId, reason: claim.reason, now, settings });
  return { target, claim, phone };
}

/** Neither in a call, nor before an outcome, nor in a colleague's call. @throws Refused 409 `callLive`, `outcomeMissing`, `inConsultation` */
async function mustBeFree(stores: Stores, actor: Actor): Promise<void> {
  const open = await stores.queue.openCallOf(actor.id);
  if (open) throw open.live ? conflict('callLive', 'a call is still live') : conflict('outcomeMissing', 'the last call has no outcome yet');
  await mustNotConsult(stores, actor.id);
}

/** Which number is dialled. @throws Refused 409 `doNotCall`, 422 on the phone */
export function phoneToDial(target: DialTarget, phoneId: number | undefined, settings: Settings): DialTarget['phones'][number] {
  if (target.doNotCall || target.status === 'killed') throw conflict('doNotCall', 'this company is not called any more');
  return choosePhone(target, phoneId, settings.queue.consentRequired);
}

interface Intent {
  leadId: number;
  target: DialTarget;
  phone: DialTarget['phones'][number];
  carrier: string;
  reason: Reason | null;
  idempotencyKey: string;
  volleyId: number | null;
  settings: Settings;
  now: Date;
}

/** The intent of one dial. Null when the base lets another be first. */
export async function writeCall(stores: Stores, actor: Actor, intent: Intent): Promise<CallRecord | null> {
  const { target, phone, now, leadId, carrier, reason, idempotencyKey, volleyId, settings } = intent;
  const day = localDay(now, actor.timeZone);
  const shown = chooseNumber(await stores.ownNumbers.lockAll(day), phone.e164, now);
  const id = await stores.calls.create({
    fromE164: shown?.e164 ?? null,
    idempotencyKey,
    repId: actor.id,
    companyId: target.companyId,
    leadId,
    contactId: phone.contactId ?? target.openPromise?.contactId ?? null,
    phoneId: phone.id,
    phoneE164: phone.e164,
    carrier,
    intentAt: now,
    day,
    hour: localHour(now, actor.timeZone),
    companyDay: localDay(now, target.timeZone),
    reason,
    promiseId: target.openPromise?.id ?? null,
    teamId: actor.teamId,
    listId: target.listId,
    channelId: target.channelId,
    sourceId: target.sourceId,
    volleyId,
    announces: settings.recordings.announce,
  });
  return id === null ? null : stores.calls.find(id);
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
        await applyEvent(stores, call, refusalEvent(callId, outcome, now), { now, settings });
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

function refusalEvent(
  callId: number,
  { cause, carrierWord, takenBack }: Extract<DialOutcome, { kind: 'refused' }>,
  at: Date,
): CarrierEvent {
  const event = endEvent(callId, 'dial:refused', cause, carrierWord, at);
  return takenBack === true ? { ...event, body: { kind: 'ended', cause, takenBack } } : event;
}

/** An end that the carrier did not send as an event but answered. */
export const endEvent = (callId: number, eventKey: string, cause: EndCause, carrierWord: string, at: Date): CarrierEvent => ({
  callId,
  eventKey,
  at,
  carrierWord,
  body: { kind: 'ended', cause },
});
