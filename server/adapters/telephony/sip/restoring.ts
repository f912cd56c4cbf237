import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import { partyOfWord } from '../../../core/calls/call-party.ts';
import { announce } from './announcing.ts';
import { callRoom, changeRoom, openRoom, pairRoom, repRoom, whoIsIn } from './bridge.ts';
import { SipCall, type CallHooks } from './call.ts';
import type { Party } from './call-parts.ts';
import { dialogueOf } from './dialogues.ts';
import { byLink, seatedBesideRep } from './guest-colleague.ts';
import { GuestNumber } from './guest-number.ts';
import { JanusHandle, nobodyListens } from './janus-node.ts';
import type { Line } from './line.ts';
import { adoptLink } from './links.ts';
import type { Remembered } from './memory.ts';
import { readPlace } from './places.ts';
import type { Station } from './station.ts';

/** How long a dial that was found ringing may go on to; how long it was meant to ring is not known any more. */
const ringSeconds = 45;

/** Takes over a call that an earlier process left in this Janus; null when it is not in the session that we claimed. */
export function adoptCall(line: Line, station: Station, leg: CarrierLeg, more: CallHooks & { earlier: Remembered }): SipCall | null {
  const place = readPlace(leg.roomSid);
  const trunk = line.trunks.find(({ name }) => name === place?.trunk) ?? line.trunks[0];
  if (!trunk || place?.url !== station.url || place.session !== station.node.session) return null;
  const { callId, repId, inbound, record } = leg;
  const offerSdp = more.earlier.offers[callId];
  const known = more.earlier.calls[callId];
  const isUntold = leg.announcement === 'due';
  const call = new SipCall(line, station, { callId, repId, inbound, record, isUntold, trunk }, more);
  call.ends = {
    sip: station.node.adopt(place.sip, { ...nobodyListens, onWord: (word) => call.onWord(word), onDown: () => call.onSoundEnded() }),
    bridge: station.node.adopt(place.bridge, nobodyListens),
  };
  call.answeredAt = leg.answeredAt;
  call.isMuted = leg.muted;
  call.isMachine = leg.answeredBy === 'machine';
  call.established = known?.established ?? null;
  call.recordingRests = known?.recordingRests ?? false;
  call.phase = leg.message ? 'message' : leg.answeredAt ? 'answered' : 'ringing';
  if (offerSdp !== undefined) call.offer = { type: 'offer', sdp: offerSdp };
  if (call.phase === 'ringing' && !inbound) call.ringOn(ringSeconds);
  return call;
}

/** What happened to a call while nobody listened: ends one that is over, and finds out whether the far side is on hold. */
export async function checkCall(line: Line, call: SipCall): Promise<void> {
  const { station, ends, callId, repId, name, phase, inbound } = call;
  if (!ends || phase === 'ended') return;
  try {
    if (phase === 'ringing' && !inbound) {
      await checkDial(line, call);
      return;
    }
    if (phase === 'answered' && repId !== null) {
      for (const room of [repRoom(repId), callRoom(callId)]) {
        if ((await whoIsIn(station.control, room)).get(name) !== true) continue;
        // Nobody is put on hold before he has heard that he is recorded: there he only waits for the next word.
        call.isHeld = room === callRoom(callId) && !call.isUntold;
        announce(line, call);
        return;
      }
    } else if (isNotBegun(call) || (await dialogueOf(ends.sip)) !== 'none') return;
  } catch (error) {
    line.log.error({ callId, err: error }, 'a call could not be asked after');
    return;
  }
  const cause = phase === 'answered' ? 'completed' : inbound ? 'canceled' : 'unknown';
  await call.end(cause, 'ended while nobody listened');
}

/** The process before us noted whose call this is and died before it brought the far side to him, who never put it on hold. */
export async function finishJoin(line: Line, call: SipCall, earlier: Remembered): Promise<void> {
  const { ends, repId, callId, station, name } = call;
  if (!ends || repId === null || !call.isHeld || earlier.calls[callId]?.isHeld) return;
  try {
    await openRoom(station.control, repRoom(repId));
    await changeRoom(ends.bridge, { room: repRoom(repId), id: name });
    call.isHeld = false;
  } catch (error) {
    line.log.error({ callId, err: error }, 'whoever was on his way to his rep was not brought to him');
  }
}

/** Whether the process before us was leaving this call to its two far sides. */
export const isLeft = ({ callId }: SipCall, { pairs }: Remembered): boolean => new Map(Object.entries(pairs)).has(pairRoom(callId));

/** Ends such a call for its rep; its far sides go on as a pair. */
export async function leaveCall(line: Line, call: SipCall, { party }: CarrierLeg): Promise<void> {
  const word = 'joined to whom was consulted';
  call.ends = null;
  if (party !== null) await call.tell({ kind: 'transferred', to: party }, word);
  await line.legs.change(call.callId, ['placed'], { party: null });
  await call.end('completed', word);
}

/** A caller who waits is in no dialogue yet; that he has gone is found when he is answered. */
const isNotBegun = ({ inbound, phase, established }: SipCall): boolean => inbound && phase === 'ringing' && !established;

/** Whether a dial that was left ringing rings still. */
async function checkDial(line: Line, call: SipCall): Promise<void> {
  const { ends, station, room, name } = call;
  if (!ends) return;
  switch (await dialogueOf(ends.sip)) {
    case 'inviting':
      return;
    case 'none':
      return call.end('unknown', 'ended while nobody listened');
    case 'established':
      // Only one who was heard before his answer can be heard now: the way to the sound comes with the first of the two, once.
      if ((await whoIsIn(station.control, room)).get(name) !== true) return endUnheard(line, call);
      call.onWord({ data: { result: { event: 'accepted', reason: 'answered while nobody listened' } }, jsep: undefined });
      return call.settled();
  }
}

/**
 * It was answered, but how its sound would have reached us is lost: who answered is not left in silence. Its end is told before its
 * answer, so that nobody is given who is gone.
 */
async function endUnheard(line: Line, call: SipCall): Promise<void> {
  const at = line.now();
  const word = 'answered while nobody listened';
  await call.ends?.sip.command({ request: 'hangup' });
  await line.legs.change(call.callId, ['asked', 'placed'], { phase: 'placed', answeredAt: at });
  await call.end('completed', word);
  await call.tell({ kind: 'answered' }, word, at);
}

interface Restoring {
  earlier: Remembered;
  /** A Janus that still has what an earlier process left there; undefined when it has not. */
  stationOf: (url: string) => Station | undefined;
}

/** Takes over who was asked into a call, and the link to its rep; whoever went while nobody listened is told of. */
export async function adoptOthers(line: Line, call: SipCall, leg: CarrierLeg, restoring: Restoring): Promise<void> {
  if (call.phase === 'ended') return;
  const link = restoring.earlier.calls[call.callId]?.link;
  if (link) call.link = await adoptLink(link, restoring.stationOf);
  if (leg.party === null || call.repId === null) return;
  const party = await adoptParty(line, call, leg.party, call.repId, restoring);
  call.party = party;
  if (party) {
    await checkParty(line, call);
    const wasTold = restoring.earlier.calls[call.callId]?.party?.hasJoined === true;
    if (call.party?.party.kind === 'rep' && !wasTold) await call.partyJoined(party, 'joined');
    return;
  }
  // One of whom nothing is left: he was asked in by a process that died before it could begin.
  await line.legs.change(call.callId, ['placed'], { party: null });
  await call.tell({ kind: 'partyLeft', party: leg.party }, 'gone while nobody listened');
}

async function adoptParty(
  line: Line,
  call: SipCall,
  word: string,
  hostId: number,
  { earlier, stationOf }: Restoring,
): Promise<Party | null> {
  const wanted = partyOfWord(word);
  const known = earlier.calls[call.callId]?.party;
  if (wanted.kind === 'number') {
    if (!known?.ends) return null;
    const guest = new GuestNumber(line, call, hostId, wanted.e164);
    guest.adopt(known.ends, known.hasJoined === true);
    return guest;
  }
  const { repId } = wanted;
  if (known?.link) {
    const link = await adoptLink(known.link, stationOf);
    return link && byLink(repId, link);
  }
  const headset = earlier.lines[repId];
  const station = headset && stationOf(headset.url);
  return station ? seatedBesideRep(hostId, { repId, headset: { station, handle: new JanusHandle(station.node, headset.handle) } }) : null;
}

/** Tells of whoever was asked in and has gone while nobody listened. */
export async function checkParty(line: Line, call: SipCall): Promise<void> {
  const { party, callId } = call;
  if (!party) return;
  try {
    if (!(await party.isThere())) await call.partyLeft(party, 'gone while nobody listened');
  } catch (error) {
    line.log.error({ callId, err: error }, 'whoever was asked into a call could not be asked after');
  }
}
