import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import type { Line } from './line.ts';
import { wholeSecond } from './whole-second.ts';

type Dialled = Pick<CarrierLeg, 'callId' | 'inbound' | 'answeredAt' | 'answeredBy' | 'hangupAsked'> & { sid: string };

/** Twilio's word for the answer of a call, under the key by which its own callback is known: what comes late is then a copy. */
async function tellAnswer(line: Line, { callId, sid }: Dialled, at: Date): Promise<Date> {
  await line.legs.change(callId, ['asked', 'placed'], { answeredAt: at });
  await line.tell.event({ callId, eventKey: `${sid}:in-progress`, at, carrierWord: 'in-progress', body: { kind: 'answered' } });
  return at;
}

/**
 * When a dialled call was answered, read from its end where the callback of the answer was lost: Twilio counts seconds of answered
 * calls only, and calls nothing completed that nobody answered, unless we hung up ourselves. Without this a talk would count for
 * nobody and its recording be missed by nobody.
 */
export async function answerBefore(
  line: Line,
  leg: Dialled,
  end: { status: string; endedAt: Date; durationSeconds: number },
): Promise<Date | null> {
  if (leg.answeredAt !== null || leg.inbound || end.status !== 'completed') return leg.answeredAt;
  // Whoever was taken for a human or a machine had answered, however short it was.
  if (end.durationSeconds === 0 && leg.hangupAsked && leg.answeredBy === null) return null;
  return tellAnswer(line, leg, new Date(end.endedAt.getTime() - end.durationSeconds * 1000));
}

/** A call that is found in progress was answered, if nobody told so at the latest now. */
export async function answerOfLive(line: Line, leg: Dialled, status: string): Promise<void> {
  if (status === 'in-progress' && leg.answeredAt === null && !leg.inbound) await tellAnswer(line, leg, wholeSecond(line.now()));
}
