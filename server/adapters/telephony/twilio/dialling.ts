import { randomInt } from 'node:crypto';
import type { DialOutcome, DialRequest } from '../../../app/ports/telephony.ts';
import { announcementColumns } from './announcing.ts';
import { addProspect, failureOf } from './api.ts';
import type { Line } from './line.ts';
import { waitForTurn } from './turns.ts';
import { labelOfCall, roomOf, waitingRoomOf } from './names.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
/** Asked to slow down so often in a row, the account has another trouble than ours. */
const mostTries = 6;
const firstBackOffMilliseconds = 1000;

const takenBack = { kind: 'refused', cause: 'canceled', carrierWord: 'canceled', takenBack: true } as const;

/**
 * Dials at the account's pace. The leg is written before Twilio hears of it, so that whatever happens after can be found again;
 * only what was surely not done (429) is ever asked twice.
 */
export async function dialProspect(line: Line, request: DialRequest): Promise<DialOutcome> {
  if (!e164.test(request.to)) return { kind: 'refused', cause: 'invalidNumber', carrierWord: 'not-e164' };
  const from = request.from ?? line.account.callerIds[0] ?? '';
  const { callId, to } = request;
  const announced = announcementColumns(request.announcement, 'due');
  // A held line takes nobody's line: the base's guard of one live leg a rep is not for it until it is joined.
  const repId = request.connect === 'held' ? null : request.repId;
  const opened = await line.legs.open({ callId, repId, to, from, record: request.record, openedAt: line.now(), ...announced });
  if (opened === 'repBusy') return { kind: 'refused', cause: 'providerError', carrierWord: 'line-in-use' };
  if (opened === 'known') return answerAgain(line, callId);
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    await waitForTurn(line, callId, attempt);
    // Cancelled while it waited: nobody was called.
    const mayAsk = await line.legs.change(callId, ['waiting'], { phase: 'asked', askedAt: line.now() });
    if (!mayAsk) return takenBack;
    const outcome = await ask(line, request, from);
    if (outcome !== 'throttled') return outcome;
    await line.legs.change(callId, ['asked'], { phase: 'waiting' });
    // Taken back while Twilio was asked: it said no, and is not asked again for nobody.
    if ((await line.legs.find(callId))?.hangupAsked) {
      await line.legs.change(callId, ['waiting'], { phase: 'ended', endedAt: line.now(), endCause: 'canceled', endWord: 'canceled' });
      return takenBack;
    }
    const backOff = firstBackOffMilliseconds * 2 ** attempt;
    line.log.warn({ callId, attempt }, 'Twilio asks for fewer calls a second; this one waits');
    // Spread, or all who were told to wait come back together.
    await line.pace.pushBack(backOff + randomInt(backOff / 2));
  }
  return refuse(line, callId, '429 20429');
}

async function ask(line: Line, request: DialRequest, from: string): Promise<DialOutcome | 'throttled'> {
  const { callId, repId } = request;
  const room = request.connect === 'held' ? waitingRoomOf(callId) : roomOf(repId);
  try {
    const placed = await addProspect(line.client, line.addresses, {
      ...request,
      from,
      room,
      label: labelOfCall(callId),
      // Whoever is told first is recorded by what he is sent to after his answer.
      record: request.record && !request.announcement,
    });
    await line.legs.change(callId, ['asked'], { phase: 'placed', sid: placed.sid, roomSid: placed.roomSid });
    await line.legs.change(callId, ['placed'], { roomSid: placed.roomSid });
    const leg = await line.legs.find(callId);
    if (leg?.hangupAsked && leg.phase === 'placed') await line.client.calls(placed.sid).update({ status: 'completed' });
    return { kind: 'accepted', carrierCallId: placed.sid };
  } catch (error) {
    const failure = failureOf(error);
    switch (failure.kind) {
      case 'throttled':
        return 'throttled';
      case 'refused':
        return refuse(line, callId, failure.carrierWord, failure.cause);
      case 'gone':
      case 'ambiguous':
        return { kind: 'ambiguous', carrierWord: failure.carrierWord };
      default:
        return failure satisfies never;
    }
  }
}

async function refuse(
  line: Line,
  callId: number,
  carrierWord: string,
  cause: Extract<DialOutcome, { kind: 'refused' }>['cause'] = 'providerError',
): Promise<DialOutcome> {
  await line.legs.change(callId, ['waiting', 'asked'], { phase: 'refused', endedAt: line.now(), endCause: cause, endWord: carrierWord });
  return { kind: 'refused', cause, carrierWord };
}

/** The same intent again is the same call. */
async function answerAgain(line: Line, callId: number): Promise<DialOutcome> {
  const leg = await line.legs.find(callId);
  if (leg?.sid) return { kind: 'accepted', carrierCallId: leg.sid };
  if (leg?.phase === 'refused') return { kind: 'refused', cause: leg.endCause ?? 'providerError', carrierWord: leg.endWord ?? 'refused' };
  return { kind: 'ambiguous', carrierWord: 'asked before' };
}
