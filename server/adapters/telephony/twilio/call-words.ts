import { z } from 'zod';
import type { CarrierEventBody } from '../../../core/calls/carrier-event.ts';
import { endLeg, wholeSecond } from './call-ends.ts';
import type { Line } from './line.ts';
import { answeredByOf, endCauseOf, progressOf } from './words.ts';

const statusWord = z.object({
  CallSid: z.string(),
  CallStatus: z.string(),
  Timestamp: z.string().optional(),
  SipResponseCode: z.string().optional(),
});
const machineWord = z.object({ CallSid: z.string(), AnsweredBy: z.string(), Timestamp: z.string().optional() });

/** Twilio's date, or now where it gave none that can be read. */
export function instantOf(line: Line, timestamp: string | undefined): Date {
  const at = new Date(timestamp ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? wholeSecond(line.now()) : at;
}

/** Progress of a prospect's leg, in whatever order, however often. */
export async function takeCallStatus(line: Line, callId: number, words: Record<string, string>): Promise<void> {
  const { CallSid: sid, CallStatus: status, Timestamp, SipResponseCode } = statusWord.parse(words);
  const leg = await line.legs.find(callId);
  if (!leg) {
    line.log.warn({ callId, status }, 'Twilio spoke of a call we do not know');
    return;
  }
  if (leg.sid !== null && leg.sid !== sid) {
    line.log.error({ callId, sid, known: leg.sid }, 'two calls answer to one intent; the second is ended');
    await line.client.calls(sid).update({ status: 'completed' });
    return;
  }
  const at = instantOf(line, Timestamp);
  // The callback may be quicker than the answer to our request, or all that is left of it.
  if (leg.sid === null) await line.legs.change(callId, ['asked'], { phase: 'placed', sid });
  const cause = endCauseOf(status, leg, SipResponseCode);
  if (cause !== null) {
    await endLeg(line, { callId, sid }, { cause, carrierWord: SipResponseCode ? `${status} ${SipResponseCode}` : status, at });
    return;
  }
  const body = progressOf(status);
  if (body.kind === 'answered') await line.legs.change(callId, ['asked', 'placed'], { answeredAt: at });
  await tell(line, { callId, sid, word: status, at, body });
}

/** Who answered; it may come long after, even after the end. */
export async function takeMachine(line: Line, callId: number, words: Record<string, string>): Promise<void> {
  const { CallSid: sid, AnsweredBy: word, Timestamp } = machineWord.parse(words);
  const by = answeredByOf(word);
  const at = instantOf(line, Timestamp);
  if (by === undefined) return tell(line, { callId, sid, word, at, body: { kind: 'unknown' } });
  await line.legs.change(callId, ['asked', 'placed', 'ended'], { answeredBy: by });
  await tell(line, { callId, sid, word, at, body: { kind: 'answeredBy', by } });
}

async function tell(line: Line, said: { callId: number; sid: string; word: string; at: Date; body: CarrierEventBody }): Promise<void> {
  const { callId, sid, word, at, body } = said;
  await line.tell.event({ callId, eventKey: `${sid}:${word}`, at, carrierWord: word, body });
}
