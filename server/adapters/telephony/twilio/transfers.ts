import { partyWord, type CallParty } from '../../../core/calls/call-party.ts';
import { answeredLeg, unlessGone, whileLive, type AnsweredLeg } from './answered-leg.ts';
import { failureOf } from './api.ts';
import { endLeg } from './call-ends.ts';
import { goOnTo, goOnTogether, playForever, turnAway } from './documents.ts';
import type { Line } from './line.ts';
import { roomOfHandedOver } from './names.ts';
import { releaseParty } from './release-party.ts';
import { wholeSecond } from './whole-second.ts';

const e164 = /^\+[1-9]\d{6,14}$/;

/** Hands the prospect on. What he says to others from now on is not ours to keep; a rep's part becomes a call of its own. */
export async function transferTo(line: Line, callId: number, to: CallParty): Promise<void> {
  if (to.kind === 'number' && !e164.test(to.e164)) throw new RangeError('a transfer needs an E.164 number');
  const leg = await answeredLeg(line, callId);
  if (to.kind === 'rep') {
    await releaseParty(line, leg);
    await stopRecording(line, leg);
    // Asked for as an address: Twilio's coming for it is what hands him over, also to a process that starts only now.
    await whileLive(callId, line.client.calls(leg.sid).update({ url: line.addresses.handOver(callId, to.repId), method: 'POST' }));
    return;
  }
  await stopRecording(line, leg);
  if (leg.party === to.e164 && leg.partySid !== null) await joinWithoutUs(line, leg, leg.partySid);
  else {
    await releaseParty(line, leg);
    const document = goOnTo(to.e164, leg.inbound ? leg.to : leg.from);
    await whileLive(callId, line.client.calls(leg.sid).update({ twiml: document }));
  }
  await tellHandedOn(line, leg, partyWord(to));
}

async function joinWithoutUs(line: Line, leg: AnsweredLeg, partySid: string): Promise<void> {
  const document = goOnTogether(roomOfHandedOver(leg.callId));
  // No longer ours to let go when our side ends.
  await line.legs.change(leg.callId, ['placed'], { party: null, partySid: null });
  await whileLive(leg.callId, line.client.calls(leg.sid).update({ twiml: document }));
  await unlessGone(line.client.calls(partySid).update({ twiml: document }));
}

async function tellHandedOn(line: Line, leg: Pick<AnsweredLeg, 'callId' | 'sid'>, to: string): Promise<void> {
  const at = wholeSecond(line.now());
  const { callId, sid } = leg;
  await line.tell.event({ callId, eventKey: `${sid}:transfer`, at, carrierWord: 'redirected', body: { kind: 'transferred', to } });
  await endLeg(line, leg, { cause: 'completed', carrierWord: 'redirected', at });
}

async function stopRecording(line: Line, leg: AnsweredLeg): Promise<void> {
  if (!leg.record) return;
  try {
    const { sid } = await line.client.calls(leg.sid).recordings('Twilio.CURRENT').update({ status: 'stopped' });
    // The leg's own id goes on to another call; the recording is found by its own.
    await line.legs.change(leg.callId, ['placed'], { recording: 'announced', recordingSid: sid });
  } catch (error) {
    // Nothing is being recorded: nothing to stop.
    if (failureOf(error).kind !== 'gone') throw error;
  }
}

/**
 * The prospect has come for what he hears while he is handed over: his leg becomes an arriving call. Done again, after a crash or because
 * Twilio asked twice, it is the same arrival.
 */
export async function handOver(line: Line, callId: number, toRepId: number, sid: string): Promise<string> {
  const ringing = playForever(line.addresses.sound('ringing'));
  const leg = await line.legs.find(callId);
  if (!leg) return turnAway();
  if (leg.sid === sid) await tellHandedOn(line, { callId, sid }, partyWord({ kind: 'rep', repId: toRepId }));
  const [from, to] = leg.inbound ? [leg.from, leg.to] : [leg.to, leg.from];
  const handedOver = { fromCallId: callId, toRepId };
  const arriving = { carrierCallId: `${sid}-${callId}`, from: e164.test(from) ? from : null, to, at: line.now(), handedOver };
  const newId = await line.tell.arriving(arriving);
  if (newId === null) return turnAway();
  await line.legs.change(callId, ['ended'], { sid: null });
  await line.legs.open({
    callId: newId,
    repId: null,
    to,
    from,
    record: leg.record,
    openedAt: line.now(),
    inbound: true,
    sid,
    phase: 'placed',
  });
  return ringing;
}
