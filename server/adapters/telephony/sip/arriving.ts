import { readPhone } from '../../../core/import/phones.ts';
import { CallNotLive, type Announcement, type MessageWanted } from '../../../app/ports/telephony.ts';
import { layAnnouncement } from './announcing.ts';
import { callName, callRoom, changeRoom, joinWithOffer, openRoom, repRoom } from './bridge.ts';
import { SipCall } from './call.ts';
import { JanusRefused } from './janus-messages.ts';
import { nobodyListens } from './janus-node.ts';
import type { Line } from './line.ts';
import { offeredCodec, withheldWays } from './offers.ts';
import { reachRep } from './reaching.ts';
import { placeOf } from './places.ts';
import type { ArrivingInvite } from './registrations.ts';
import { newSipCallId, userOf } from './sip-words.ts';
import { startSound, stopSound } from './sounds.ts';
import type { Station } from './station.ts';

/** A caller reached us and waits, hearing it ring. Null when we do not take the call. */
export async function takeInvite(line: Line, invite: ArrivingInvite, onEnded: (call: SipCall) => void): Promise<SipCall | null> {
  const { trunk, station, sip, result, offer } = invite;
  const carrierCallId = result.call_id ?? newSipCallId();
  const codec = offer && offeredCodec(offer.sdp);
  const refuse = async (code: number): Promise<null> => {
    await sip.ask({ request: 'decline', code });
    return null;
  };
  if (!codec) return refuse(488);
  const from = readNumber(userOf(result.username), trunk.country);
  const to = readNumber(userOf(result.callee), trunk.country) ?? trunk.callerId;
  const callId = (await line.tell.listener?.onArrivingCall({ carrierCallId, from, to, at: line.now(), handedOver: null })) ?? null;
  if (callId === null) return refuse(603);
  const call = new SipCall(
    line,
    station,
    { callId, repId: null, inbound: true, record: true, isUntold: false, trunk },
    { onEnded, tryOtherwise: () => Promise.resolve(false) },
  );
  call.phase = 'ringing';
  invite.listen({ onWord: (word) => call.onWord(word), onDown: () => call.onSoundEnded() });
  call.offer = offer;
  line.memory.keep((content) => (content.offers[callId] = offer.sdp));
  const bridge = await station.attach('janus.plugin.audiobridge', nobodyListens);
  call.ends = { sip, bridge, keepSip: invite.keepSip };
  await line.legs.open({
    callId,
    repId: null,
    to,
    from: from ?? '',
    record: true,
    openedAt: line.now(),
    inbound: true,
    sid: carrierCallId,
    phase: 'placed',
  });
  await line.legs.change(callId, ['placed'], { roomSid: placeOf(station, call.ends, trunk) });
  return call;
}

function readNumber(spelled: string | null, country: string): string | null {
  return spelled === null ? null : (readPhone(decodeURIComponent(spelled), country)?.e164 ?? null);
}

function waiting(known: SipCall | undefined, callId: number): SipCall {
  if (!known?.inbound || known.phase !== 'ringing' || known.repId !== null || known.ours !== null) throw new CallNotLive(callId);
  return known;
}

/** Connects a caller who waits to the rep's room, on whichever Janus his line is; `accepted` makes him answered, and announced to. */
export async function answerCaller(
  line: Line,
  known: SipCall | undefined,
  callId: number,
  rep: { id: number; station: Station | undefined; announcement: Announcement | null },
): Promise<void> {
  const call = waiting(known, callId);
  const repId = rep.id;
  call.repId = repId;
  call.isUntold = rep.announcement !== null;
  try {
    await line.legs.change(callId, ['placed'], await layAnnouncement(line, callId, rep.announcement));
    await reachRep(line, call, repId, rep.station);
    await letIn(call, repRoom(repId));
  } catch (error) {
    call.repId = null;
    call.isUntold = false;
    await line.legs.change(callId, ['placed'], { announcement: 'none' });
    if (error instanceof JanusRefused) throw new CallNotLive(callId);
    throw error;
  }
}

/** Takes a message in a room of the caller's own: our words there are all that he hears. */
export async function takeMessage(line: Line, known: SipCall | undefined, callId: number, wanted: MessageWanted): Promise<void> {
  if (known?.phase === 'message') return;
  const call = waiting(known, callId);
  call.phase = 'message';
  await line.legs.change(callId, ['placed'], { message: true });
  await letIn(call, callRoom(callId));
  const { room } = call;
  const hangUp = setTimeout(() => void call.hangup('hangup'), wanted.longestSeconds * 1000);
  call.whenEnded(() => clearTimeout(hangUp));
  // The greeting ends with the beep.
  await startSound(line, call.station, { room, sound: wanted.greeting ? 'greeting' : 'beep', loop: false });
}

async function letIn(call: SipCall, room: string): Promise<void> {
  if (call.established) return letInEstablished(call, call.established, room);
  const { ends, offer, station, callId } = call;
  const codec = offer && offeredCodec(offer.sdp);
  if (!ends || !offer || !codec) throw new CallNotLive(callId);
  await openRoom(station.control, room);
  const { description, candidates } = withheldWays(offer);
  const answer = await joinWithOffer(ends.bridge, { room, id: callName(callId), muted: false, codec, inner: true }, description);
  const word = await ends.sip.ask({ request: 'accept' }, answer);
  await ends.bridge.trickleAll(candidates);
  // The plugin's answer to "accept" is the word that the dialogue stands.
  call.onWord(word);
  await call.settled();
}

async function letInEstablished(call: SipCall, known: { room: string; name: string }, room: string): Promise<void> {
  if (!call.ends) throw new CallNotLive(call.callId);
  await stopSound(call.station, { room: known.room, sound: 'ringback' });
  await openRoom(call.station.control, room);
  await changeRoom(call.ends.bridge, { room, id: known.name });
  await call.takeEstablished();
}
