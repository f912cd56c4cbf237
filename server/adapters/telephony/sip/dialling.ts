import type { DialOutcome, DialRequest } from '../../../app/ports/telephony.ts';
import { callName } from './bridge.ts';
import { SipCall } from './call.ts';
import { JanusUnreachable } from './janus-messages.ts';
import type { Line } from './line.ts';
import { openLeg, type Way } from './outgoing-leg.ts';
import { placeOf } from './places.ts';
import { triesNextTrunk, wantsOtherCodec, wordOf, type SipResult } from './sip-words.ts';
import type { Station } from './station.ts';

const e164 = /^\+[1-9]\d{6,14}$/;

/** Whose line a dial takes; a held one takes nobody's and waits in a room of its own. */
export const lineOf = (request: DialRequest): number | null => (request.connect === 'held' ? null : request.repId);

export interface Dialled {
  call: SipCall;
  outcome: Promise<DialOutcome>;
}

/** Whether a dial can be made at all; null when it can. */
export function refusalBefore(request: DialRequest): DialOutcome | null {
  return e164.test(request.to) ? null : { kind: 'refused', cause: 'invalidNumber', carrierWord: 'not-e164' };
}

/**
 * Places a call by the first trunk; one that has no room for it now, or is silent, is followed by the next. The leg is written
 * before Janus hears of it, so that whatever happens after can be found again.
 */
export function placeCall(line: Line, station: Station, request: DialRequest, onEnded: (call: SipCall) => void): Dialled {
  const ways = line.trunks.flatMap((trunk) => trunk.codecs.map((codec): Way => ({ trunk, codec })));
  const [first] = ways;
  if (!first) throw new Error('there is no trunk');
  let current = first;
  const next = (result: SipResult, ringing: boolean): Way | undefined => {
    const code = result.code ?? 0;
    const rest = ways.slice(ways.indexOf(current) + 1);
    if (wantsOtherCodec(code)) return rest.find((way) => way.trunk === current.trunk);
    return triesNextTrunk(code, ringing) ? rest.find((way) => way.trunk !== current.trunk) : undefined;
  };
  const tryOtherwise = async (failed: SipCall, result: SipResult): Promise<boolean> => {
    const way = next(result, failed.phase === 'ringing');
    if (!way) return false;
    line.log.warn(
      { callId: failed.callId, trunk: current.trunk.name, word: wordOf(result), next: way.trunk.name },
      'a call goes another way',
    );
    current = way;
    await failed.release();
    await invite(line, failed, request, way);
    return true;
  };
  const terms = {
    callId: request.callId,
    repId: lineOf(request),
    inbound: false,
    record: request.record,
    isUntold: Boolean(request.announcement),
    trunk: first.trunk,
  };
  const call = new SipCall(line, station, terms, { onEnded, tryOtherwise });
  return { call, outcome: begin(line, call, request, first) };
}

async function begin(line: Line, call: SipCall, request: DialRequest, way: Way): Promise<DialOutcome> {
  try {
    const sipCallId = await invite(line, call, request, way);
    await call.tell({ kind: 'dialing' }, `INVITE ${way.trunk.name}`);
    call.ringFor(request.ringTimeoutSeconds);
    return { kind: 'accepted', carrierCallId: sipCallId };
  } catch (error) {
    const carrierWord = error instanceof Error ? error.message : String(error);
    line.log.error({ callId: call.callId, err: error }, 'a call could not be placed');
    // Asked and not answered: Janus may have sent the INVITE.
    if (error instanceof JanusUnreachable && call.phase !== 'ended') return { kind: 'ambiguous', carrierWord };
    await call.end('providerError', carrierWord);
    return { kind: 'refused', cause: 'providerError', carrierWord };
  }
}

/** Sends the INVITE; answers the name of the SIP dialogue. */
async function invite(line: Line, call: SipCall, request: DialRequest, way: Way): Promise<string> {
  const { station, callId } = call;
  call.trunk = way.trunk;
  call.codec = way.codec;
  const wish = { room: call.room, name: callName(callId), to: request.to, from: request.from };
  const leg = await openLeg(station, wish, way, { onWord: (word) => call.onWord(word), onSoundEnded: () => call.onSoundEnded() });
  call.ends = leg.ends;
  call.withheld = leg.withheld;
  await line.legs.change(callId, ['waiting', 'asked'], {
    phase: 'asked',
    askedAt: line.now(),
    sid: leg.sipCallId,
    roomSid: placeOf(station, leg.ends, way.trunk),
  });
  await leg.call();
  return leg.sipCallId;
}
