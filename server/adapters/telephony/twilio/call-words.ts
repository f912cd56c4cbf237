import { z } from 'zod';
import type { AnsweredBy, CarrierEventBody } from '../../../core/calls/carrier-event.ts';
import { announceOnce } from './announcing.ts';
import { endLeg } from './call-ends.ts';
import type { Line } from './line.ts';
import { answerBefore } from './untold-answer.ts';
import { answeredByOf, endCauseOf, progressOf } from './words.ts';
import { wholeSecond } from './whole-second.ts';

const statusWord = z.object({
  CallSid: z.string(),
  CallStatus: z.string(),
  Timestamp: z.string().optional(),
  SipResponseCode: z.string().optional(),
  CallDuration: z.coerce.number().min(0).default(0),
});
const machineWord = z.object({ CallSid: z.string(), AnsweredBy: z.string(), Timestamp: z.string().optional() });

/** Twilio's date, or now where it gave none that can be read. */
export function instantOf(line: Line, timestamp: string | undefined): Date {
  const at = new Date(timestamp ?? Number.NaN);
  return Number.isNaN(at.getTime()) ? wholeSecond(line.now()) : at;
}

/** Progress of a prospect's leg, in whatever order, however often. */
export async function takeCallStatus(line: Line, callId: number, words: Record<string, string>): Promise<void> {
  const { CallSid: sid, CallStatus: status, Timestamp, SipResponseCode, CallDuration } = statusWord.parse(words);
  const leg = await line.legs.find(callId);
  if (!leg) {
    line.log.warn({ callId, status }, 'Twilio spoke of a call we do not know');
    return;
  }
  if (leg.phase === 'ended' && leg.sid === null) {
    // He was handed over to a rep: what happens to him now is another call of ours.
    const now = (await line.legs.known([sid])).get(sid);
    if (now !== undefined) await takeCallStatus(line, now, words);
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
  const answeredAt = await answerBefore(line, { ...leg, sid }, { status, endedAt: at, durationSeconds: CallDuration });
  const cause = endCauseOf(status, { ...leg, answeredAt }, SipResponseCode);
  if (cause !== null) {
    await endLeg(line, { callId, sid }, { cause, carrierWord: SipResponseCode ? `${status} ${SipResponseCode}` : status, at });
    return;
  }
  const body = progressOf(status);
  // Also when the end was quicker: what was answered has a recording that is looked for.
  if (body.kind === 'answered') await line.legs.change(callId, ['asked', 'placed', 'ended'], { answeredAt: at });
  await tell(line, { callId, sid, word: status, at, body });
  if (body.kind === 'answered') await announceOnce(line, callId);
}

/** Who answered; it may come long after, even after the end. */
export async function takeMachine(line: Line, callId: number, words: Record<string, string>): Promise<void> {
  const { CallSid: sid, AnsweredBy: word, Timestamp } = machineWord.parse(words);
  await tellWhoAnswered(line, { callId, sid, word, at: instantOf(line, Timestamp) });
}

/** Writes down and tells who answered, under the key by which the callback is known; answers null for a word that no table knows. */
export async function tellWhoAnswered(
  line: Line,
  said: { callId: number; sid: string; word: string; at: Date },
): Promise<AnsweredBy | null> {
  const { callId, word } = said;
  const by = answeredByOf(word) ?? null;
  if (by !== null) await line.legs.change(callId, ['asked', 'placed', 'ended'], { answeredBy: by });
  await tell(line, { ...said, word, body: by === null ? { kind: 'unknown' } : { kind: 'answeredBy', by } });
  return by;
}

async function tell(line: Line, said: { callId: number; sid: string; word: string; at: Date; body: CarrierEventBody }): Promise<void> {
  const { callId, sid, word, at, body } = said;
  await line.tell.event({ callId, eventKey: `${sid}:${word}`, at, carrierWord: word, body });
}
