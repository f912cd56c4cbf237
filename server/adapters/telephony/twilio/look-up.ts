import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import type { LookUpOutcome } from '../../../app/ports/telephony.ts';
import { announceOnce } from './announcing.ts';
import { failureOf } from './api.ts';
import type { Line } from './line.ts';
import { endTimeOf } from './call-ends.ts';
import { releaseParty } from './release-party.ts';
import { tellWhoAnswered } from './call-words.ts';
import { answerBefore, answerOfLive } from './untold-answer.ts';
import { endCauseOf } from './words.ts';

/** A call that Twilio took may be missing from its lists for so long; before that nothing is said of it. */
const settleMilliseconds = 60_000;
/** Twilio's clock and ours may differ by so much, and its dates have whole seconds. */
const clockSkewMilliseconds = 5000;

/** Asks Twilio what became of a call. Nothing is ever dialled here. */
export async function lookUpCall(line: Line, callId: number): Promise<LookUpOutcome> {
  const leg = await line.legs.find(callId);
  if (!leg) return { kind: 'unheardOf' };
  switch (leg.phase) {
    case 'refused':
      return { kind: 'unheardOf' };
    case 'ended':
      return ended(leg);
    case 'waiting':
      return waiting(line, leg);
    case 'asked':
      return findAsked(line, leg);
    case 'placed':
      return leg.sid ? read(line, leg, leg.sid) : { kind: 'live' };
    default:
      return leg.phase satisfies never;
  }
}

function ended(leg: CarrierLeg): LookUpOutcome {
  return { kind: 'ended', cause: leg.endCause ?? 'unknown', endedAt: leg.endedAt ?? leg.openedAt, carrierWord: leg.endWord ?? 'ended' };
}

/** Who waited so long lost the process that waited for it; giving it up here keeps a late one from dialling. */
async function waiting(line: Line, leg: CarrierLeg): Promise<LookUpOutcome> {
  if (line.now().getTime() - leg.openedAt.getTime() < settleMilliseconds) return { kind: 'live' };
  const givenUp = await line.legs.change(leg.callId, ['waiting'], {
    phase: 'refused',
    endedAt: line.now(),
    endCause: 'canceled',
    endWord: 'never asked',
  });
  return givenUp ? { kind: 'unheardOf' } : { kind: 'live' };
}

/** The answer to our request never came: the account's list of calls to that number since then tells. */
async function findAsked(line: Line, leg: CarrierLeg): Promise<LookUpOutcome> {
  const askedAt = leg.askedAt ?? leg.openedAt;
  const calls = await line.client.calls.list({ to: leg.to, from: leg.from, limit: 50 });
  const known = await line.legs.known(calls.map((call) => call.sid));
  const ours = calls.filter((call) => !known.has(call.sid) && call.dateCreated.getTime() >= askedAt.getTime() - clockSkewMilliseconds);
  const [found] = ours.sort((one, other) => one.dateCreated.getTime() - other.dateCreated.getTime());
  if (found) {
    await line.legs.change(leg.callId, ['asked'], { phase: 'placed', sid: found.sid });
    return read(line, { ...leg, sid: found.sid }, found.sid);
  }
  if (line.now().getTime() - askedAt.getTime() < settleMilliseconds) return { kind: 'live' };
  await line.legs.change(leg.callId, ['asked'], {
    phase: 'refused',
    endedAt: line.now(),
    endCause: 'canceled',
    endWord: 'not in the list of calls',
  });
  return { kind: 'unheardOf' };
}

async function read(line: Line, known: CarrierLeg, sid: string): Promise<LookUpOutcome> {
  try {
    const call = await line.client.calls(sid).fetch();
    const endedAt = endTimeOf(line, call.endTime);
    const leg = { ...known, answeredBy: await whoAnswered(line, known, { sid, word: call.answeredBy, at: endedAt }) };
    const answeredAt = await answerBefore(line, { ...leg, sid }, { status: call.status, endedAt, durationSeconds: Number(call.duration) });
    const cause = endCauseOf(call.status, { ...leg, answeredAt });
    if (cause === null) {
      await answerOfLive(line, { ...leg, sid }, call.status);
      if (call.status === 'in-progress') await announceOnce(line, leg.callId);
      return { kind: 'live' };
    }
    const end = { endedAt, endCause: cause, endWord: call.status };
    await line.legs.change(leg.callId, ['asked', 'placed'], { phase: 'ended', ...end });
    await releaseParty(line, leg);
    return { kind: 'ended', cause, endedAt: end.endedAt, carrierWord: end.endWord };
  } catch (error) {
    if (failureOf(error).kind === 'gone') {
      const forgotten = { phase: 'ended', endedAt: line.now(), endCause: 'unknown', endWord: 'unheard of' } as const;
      await line.legs.change(known.callId, ['asked', 'placed'], forgotten);
      return { kind: 'unheardOf' };
    }
    throw error;
  }
}

/** Twilio detects it once and keeps it with the call: its callback may have been lost. The library types the word as always there. */
async function whoAnswered(
  line: Line,
  { callId, answeredBy }: CarrierLeg,
  found: { sid: string; word: string | null; at: Date },
): Promise<CarrierLeg['answeredBy']> {
  const { word } = found;
  if (answeredBy !== null || !word) return answeredBy;
  return tellWhoAnswered(line, { callId, ...found, word });
}
