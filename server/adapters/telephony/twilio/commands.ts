import { randomUUID } from 'node:crypto';
import { answeredLeg, inRoom, talkingLeg, whileLive } from './answered-leg.ts';
import { isUntold } from './announcing.ts';
import { failureOf } from './api.ts';
import { endLeg, endTimeOf } from './call-ends.ts';
import type { Line } from './line.ts';
import { homeOf, repLegsIn } from './rep-legs.ts';
import { answerBefore } from './untold-answer.ts';
import { endCauseOf, finalStatuses } from './words.ts';

/** Twilio plays no A to D. */
const playableDigits = /^[0-9*#w]+$/;

/** Before the answer this cancels; while the answer to our dial is open it is remembered until that comes. */
export async function hangUp(line: Line, callId: number): Promise<void> {
  const leg = await line.legs.find(callId);
  if (!leg || leg.phase === 'ended' || leg.phase === 'refused') return;
  await line.legs.change(callId, ['waiting', 'asked', 'placed'], { hangupAsked: true });
  const canceled = { phase: 'ended', endedAt: line.now(), endCause: 'canceled', endWord: 'canceled' } as const;
  if (await line.legs.change(callId, ['waiting'], canceled)) {
    await endLeg(line, leg, { cause: 'canceled', carrierWord: 'canceled', at: line.now(), takenBack: true });
    line.waitingDials.letGo(callId);
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
    if (!leg) return;
    const at = endTimeOf(line, call.endTime);
    const answeredAt = await answerBefore(
      line,
      { ...leg, sid },
      { status: call.status, endedAt: at, durationSeconds: Number(call.duration) },
    );
    const cause = endCauseOf(call.status, { ...leg, answeredAt });
    if (cause !== null) await endLeg(line, { callId, sid }, { cause, carrierWord: call.status, at });
  } catch (error) {
    if (failureOf(error).kind !== 'gone') throw error;
  }
}

export async function setHold(line: Line, callId: number, hold: boolean): Promise<void> {
  const leg = await answeredLeg(line, callId);
  const participant = line.client.conferences(leg.roomSid).participants(leg.sid);
  await whileLive(callId, participant.update({ hold, ...(hold ? { holdUrl: line.addresses.holdMusic(), holdMethod: 'POST' } : {}) }));
}

/** Mutes every leg of the rep in his room; without one it is remembered for the leg that comes. */
export async function setMuted(line: Line, callId: number, muted: boolean): Promise<void> {
  const leg = await talkingLeg(line, callId);
  await line.legs.change(callId, ['placed'], { muted });
  // Before the prospect comes in, the rep waits in his room alone.
  const roomSid = isUntold(leg) ? await homeOf(line, leg.repId) : inRoom(leg).roomSid;
  const ofRep = roomSid === null ? [] : await repLegsIn(line, leg.repId, roomSid);
  for (const { callSid, conferenceSid } of ofRep) await line.client.conferences(conferenceSid).participants(callSid).update({ muted });
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
  const leg = await answeredLeg(line, callId);
  const announceUrl = line.addresses.digits(callId, digits, randomUUID());
  await whileLive(callId, line.client.conferences(leg.roomSid).participants(leg.sid).update({ announceUrl, announceMethod: 'POST' }));
}

/** What is said from now on becomes silence of the same length, so that places in the recording stay right. */
export async function setRecordingPaused(line: Line, callId: number, isPaused: boolean): Promise<void> {
  const leg = await answeredLeg(line, callId);
  const recording = line.client.calls(leg.sid).recordings('Twilio.CURRENT');
  if (isPaused) await whileLive(callId, recording.update({ status: 'paused', pauseBehavior: 'silence' }));
  else await whileLive(callId, recording.update({ status: 'in-progress' }));
  const kind = isPaused ? 'recordingPaused' : 'recordingResumed';
  await line.tell.event({
    callId,
    eventKey: `${kind}:${randomUUID()}`,
    at: line.now(),
    carrierWord: isPaused ? 'paused' : 'in-progress',
    body: { kind },
  });
}
