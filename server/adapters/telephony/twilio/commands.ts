import { randomUUID } from 'node:crypto';
import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import { CallNotLive } from '../../../app/ports/telephony.ts';
import { failureOf } from './api.ts';
import { endLeg, endTimeOf, wholeSecond } from './call-ends.ts';
import { goOnTo } from './documents.ts';
import type { Line } from './line.ts';
import { repOfLabel } from './names.ts';
import { endCauseOf, finalStatuses } from './words.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
/** Twilio plays no A to D. */
const playableDigits = /^[0-9*#w]+$/;

interface AnsweredLeg extends CarrierLeg {
  sid: string;
  roomSid: string;
}

async function answered(line: Line, callId: number): Promise<AnsweredLeg> {
  const leg = await line.legs.find(callId);
  if (leg?.phase !== 'placed' || !leg.answeredAt || !leg.sid || !leg.roomSid) throw new CallNotLive(callId);
  return { ...leg, sid: leg.sid, roomSid: leg.roomSid };
}

/** A call that ended under our hands is not live any more. */
async function whileLive<Answer>(callId: number, work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (error) {
    if (failureOf(error).kind === 'gone') throw new CallNotLive(callId);
    throw error;
  }
}

/** Before the answer this cancels; while the answer to our dial is open it is remembered until that comes. */
export async function hangUp(line: Line, callId: number): Promise<void> {
  const leg = await line.legs.find(callId);
  if (!leg || leg.phase === 'ended' || leg.phase === 'refused') return;
  await line.legs.change(callId, ['waiting', 'asked', 'placed'], { hangupAsked: true });
  const canceled = { phase: 'ended', endedAt: line.now(), endCause: 'canceled', endWord: 'canceled' } as const;
  if (await line.legs.change(callId, ['waiting'], canceled)) {
    await endLeg(line, leg, { cause: 'canceled', carrierWord: 'canceled', at: line.now() });
    return;
  }
  const { sid } = (await line.legs.find(callId)) ?? leg;
  if (sid) await endAtTwilio(line, callId, sid);
}

async function endAtTwilio(line: Line, callId: number, sid: string): Promise<void> {
  try {
    const call = await line.client.calls(sid).update({ status: 'completed' });
    if (!finalStatuses.has(call.status)) return;
    // A call cancelled in Twilio's queue ends without any callback: its answer here is the only word.
    const leg = await line.legs.find(callId);
    const cause = leg ? endCauseOf(call.status, leg) : null;
    if (cause === null) return;
    await endLeg(line, { callId, sid }, { cause, carrierWord: call.status, at: endTimeOf(line, call.endTime) });
  } catch (error) {
    if (failureOf(error).kind !== 'gone') throw error;
  }
}

export async function setHold(line: Line, callId: number, hold: boolean): Promise<void> {
  const leg = await answered(line, callId);
  const participant = line.client.conferences(leg.roomSid).participants(leg.sid);
  await whileLive(callId, participant.update({ hold, ...(hold ? { holdUrl: line.addresses.holdMusic(), holdMethod: 'POST' } : {}) }));
}

/** Mutes every leg of the rep in his room; without one it is remembered for the leg that comes. */
export async function setMuted(line: Line, callId: number, muted: boolean): Promise<void> {
  const leg = await answered(line, callId);
  await line.legs.change(callId, ['placed'], { muted });
  const participants = await whileLive(callId, line.client.conferences(leg.roomSid).participants.list({ limit: 50 }));
  const ofRep = participants.filter((participant) => repOfLabel(participant.label) === leg.repId);
  for (const { callSid } of ofRep) await line.client.conferences(leg.roomSid).participants(callSid).update({ muted });
  if (ofRep.length > 0) return;
  await line.tell.event({
    callId,
    eventKey: `mute:${randomUUID()}`,
    at: line.now(),
    carrierWord: 'no headset in the room',
    body: { kind: muted ? 'muted' : 'unmuted' },
  });
}

export async function sendDigits(line: Line, callId: number, digits: string): Promise<void> {
  if (!playableDigits.test(digits)) throw new RangeError('only 0-9 * # and w can be sent');
  const leg = await answered(line, callId);
  const announceUrl = line.addresses.digits(callId, digits, randomUUID());
  await whileLive(callId, line.client.conferences(leg.roomSid).participants(leg.sid).update({ announceUrl, announceMethod: 'POST' }));
}

/** The prospect goes on alone; what he says to others from now on is not ours to keep. */
export async function transferTo(line: Line, callId: number, to: string): Promise<void> {
  if (!e164.test(to)) throw new RangeError('a transfer needs an E.164 number');
  const leg = await answered(line, callId);
  if (leg.record) await stopRecording(line, leg);
  await whileLive(callId, line.client.calls(leg.sid).update({ twiml: goOnTo(to, leg.from) }));
  const at = wholeSecond(line.now());
  await line.tell.event({ callId, eventKey: `${leg.sid}:transfer`, at, carrierWord: 'redirected', body: { kind: 'transferred', to } });
  await endLeg(line, leg, { cause: 'completed', carrierWord: 'redirected', at });
}

async function stopRecording(line: Line, leg: AnsweredLeg): Promise<void> {
  try {
    await line.client.calls(leg.sid).recordings('Twilio.CURRENT').update({ status: 'stopped' });
  } catch (error) {
    // Nothing is being recorded: nothing to stop.
    if (failureOf(error).kind !== 'gone') throw error;
  }
}
