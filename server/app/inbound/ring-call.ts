import type { ServerEvents } from '../../contract/sockets/index.ts';
import type { Settings } from '../../contract/settings.ts';
import type { RingStep } from '../../core/inbound/decide-ring.ts';
import { decideRing } from '../../core/inbound/decide-ring.ts';
import { isOpen } from '../../core/hours/calling-hours.ts';
import type { AppContext } from '../context.ts';
import { announceBoardRows } from '../kpi/announce-board-rows.ts';
import type { CallRecord } from '../ports/stores/calls.ts';
import type { Stores } from '../ports/stores/index.ts';
import { CallNotLive, type Telephony } from '../ports/telephony.ts';

/**
 * Decides anew for whom an arriving call rings and tells the carrier when nobody is left. Answers when to decide again, null when it
 * rings no more.
 */
export async function ringCall(app: AppContext & { telephony: Telephony }, callId: number): Promise<Date | null> {
  const settings = await app.settings.read();
  const now = app.clock.now();
  const step = await app.unitOfWork.run(async (stores) => {
    const call = await stores.calls.lock(callId);
    if (!call?.untaken || call.state === 'ended' || call.voicemailAt) return null;
    return advance(stores, call, { now, settings });
  });
  if (step === null) return null;
  if (step.kind === 'ring') return step.until;
  await leaveToTheCarrier(app, callId, step.kind, settings);
  return null;
}

async function advance(stores: Stores, call: CallRecord, { now, settings }: { now: Date; settings: Settings }): Promise<RingStep> {
  const holidays = (await stores.queue.holidays()).get(settings.calls.defaultCountry) ?? new Set<string>();
  const inHours = (timeZone: string): boolean => isOpen(now, timeZone, settings.callingHours, holidays);
  const answerers = await stores.inbound.answerers(call.id, now, inHours);
  const step = decideRing({ companyInCall: await stores.inbound.companyInCall(call.id), answerers }, settings.inbound, now);
  if (step.kind !== 'ring') {
    await stores.inbound.saveVoicemail(call.id, now);
    await silence(stores, call.id, 'passedOn', now);
    return step;
  }
  const rung = (await stores.inbound.rings(call.id)).filter(({ ringing }) => ringing).map(({ repId }) => repId);
  const added = step.repIds.filter((repId) => !rung.includes(repId));
  const gone = rung.filter((repId) => !step.repIds.includes(repId));
  await stores.inbound.startRings(call.id, step.repIds, step.stage, now);
  await silence(stores, call.id, 'passedOn', now, gone);
  const ring = added.length > 0 ? await stores.inbound.ring(call.id) : null;
  for (const repId of added) {
    await stores.outbox.announce({ event: 'call:ring', audience: { user: repId }, payload: { callId: call.id, ring, why: 'ringing' } });
  }
  if (added.length > 0) await announceBoardRows(stores, added);
  return step;
}

/** It rings no more for these, or for nobody at all. */
export async function silence(
  stores: Stores,
  callId: number,
  why: ServerEvents['call:ring']['why'],
  now: Date,
  whose?: readonly number[],
): Promise<void> {
  const rung = (await stores.inbound.rings(callId)).filter(({ ringing }) => ringing).map(({ repId }) => repId);
  const ended = whose ? rung.filter((repId) => whose.includes(repId)) : rung;
  if (ended.length === 0) return;
  await stores.inbound.stopRings(callId, ended, now);
  for (const repId of ended) {
    await stores.outbox.announce({ event: 'call:ring', audience: { user: repId }, payload: { callId, ring: null, why } });
  }
  await announceBoardRows(stores, ended);
}

/** A caller who has gone in the same moment needs nothing more; his end is on its way. */
async function leaveToTheCarrier(
  app: AppContext & { telephony: Telephony },
  callId: number,
  how: 'voicemail' | 'turnAway',
  { inbound }: Settings,
): Promise<void> {
  try {
    if (how === 'turnAway') await app.telephony.turnAway(callId);
    else await app.telephony.takeMessage(callId, { greeting: inbound.voicemailGreeting, longestSeconds: inbound.voicemailSeconds });
  } catch (error) {
    if (!(error instanceof CallNotLive)) throw error;
    app.log.info({ callId }, 'the caller had gone before he could leave a message');
  }
}
