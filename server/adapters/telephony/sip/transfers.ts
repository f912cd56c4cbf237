import { PartyUnreachable } from '../../../app/ports/telephony.ts';
import { partyWord, type CallParty } from '../../../core/calls/call-party.ts';
import { callRoom, changeRoom, openRoom } from './bridge.ts';
import { SipCall, type CallHooks } from './call.ts';
import type { CallEnds } from './call-parts.ts';
import { answeredCall } from './commands.ts';
import type { Line } from './line.ts';
import { JanusHandle, nobodyListens } from './janus-node.ts';
import { idsOf, type Remembered } from './memory.ts';
import { placeOf } from './places.ts';
import { startSound } from './sounds.ts';
import type { Station } from './station.ts';
import { addressAt, type Trunk } from './trunks.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
/** A trunk that takes a transfer says so by NOTIFY; many only end the call. */
const transferMilliseconds = 3000;

/** Where a call goes on that left its rep. */
export interface HandOver {
  hooks: CallHooks;
  /** The far side goes on by itself, known by another id from now on. */
  onHandedOver: (call: SipCall) => void;
}

/** Sends the far side on. @throws CallNotLive, RangeError, Error when its network says that it cannot */
export async function transfer(line: Line, known: SipCall | undefined, callId: number, wish: { to: CallParty } & HandOver): Promise<void> {
  const { to } = wish;
  if (to.kind === 'number' && !e164.test(to.e164)) throw new RangeError('a transfer needs an E.164 number');
  const { call } = answeredCall(known, callId);
  if (to.kind === 'rep') return handOver(line, call, to.repId, wish);
  const { party } = call;
  if (party?.hasJoined && party.leaveWith && partyWord(party.party) === to.e164) {
    await party.leaveWith();
    await call.tell({ kind: 'transferred', to: to.e164 }, 'joined to whom was consulted');
    await call.end('completed', 'joined to whom was consulted');
    return;
  }
  if (party) await call.partyLeft(party, 'transfer');
  await blindly(call, to.e164);
}

/** REFER: the far side's own network puts him through. */
async function blindly(call: SipCall, to: string): Promise<void> {
  await call.ends?.sip.ask({ request: 'transfer', uri: addressAt(call.trunk, to) });
  const notified = await call.nextNotify(transferMilliseconds);
  const refused = /^SIP\/2\.0 ([3-6]\d\d.*)/.exec(notified ?? '')?.[1];
  if (refused !== undefined) throw new Error(`the transfer was refused: ${refused.trim()}`);
  await call.tell({ kind: 'transferred', to }, notified?.split('\r\n')[0] ?? 'REFER');
  await call.hangup('hangup');
}

/** The far side stays in its dialogue, hears it ring, and arrives as a call of its own at the colleague's. */
async function handOver(line: Line, call: SipCall, toRepId: number, more: HandOver): Promise<void> {
  const { ends, station, trunk, callId } = call;
  if (!ends || !line.tell.listener) throw new PartyUnreachable(`rep:${toRepId}`);
  const room = callRoom(callId);
  if (call.party) await call.partyLeft(call.party, 'transfer');
  if (call.isHeld) await ends.sip.askUntilHeard({ request: 'unhold' });
  await openRoom(station.control, room);
  if (!call.isHeld) await changeRoom(ends.bridge, { room, id: call.name });
  if (call.record) await ends.sip.ask({ request: 'recording', action: 'stop', audio: true, peer_audio: true });
  const far: FarSide = { fromCallId: callId, toRepId, ends, trunk, name: call.name };
  line.memory.keep(
    ({ handOvers }) => (handOvers[callId] = { url: station.url, ends: idsOf(ends), trunk: trunk.name, name: call.name, toRepId }),
  );
  await line.memory.settled();
  // From here on the dialogue is not this call's any more: its end must leave it alone.
  call.ends = null;
  await call.tell({ kind: 'transferred', to: `rep:${toRepId}` }, 'handed over');
  await call.end('completed', 'handed over');
  await arrive(line, station, far, more);
  line.memory.keep(({ handOvers }) => Reflect.deleteProperty(handOvers, callId));
}

/** A far side between two calls. */
interface FarSide {
  fromCallId: number;
  toRepId: number;
  ends: CallEnds;
  trunk: Trunk;
  /** What it is called in its room, that of the call it left. */
  name: string;
}

async function arrive(line: Line, station: Station, far: FarSide, more: HandOver): Promise<void> {
  const { fromCallId, toRepId, ends, trunk, name } = far;
  const room = callRoom(fromCallId);
  const leg = await line.legs.find(fromCallId);
  const from = leg?.inbound ? leg.from : (leg?.to ?? '');
  const to = leg?.inbound ? leg.to : (leg?.from ?? trunk.callerId);
  const carrierCallId = `handed-over-${fromCallId}`;
  const arriving = { carrierCallId, from: from === '' ? null : from, to, at: line.now(), handedOver: { fromCallId, toRepId } };
  const nextId = (await line.tell.listener?.onArrivingCall(arriving)) ?? null;
  if (nextId === null) {
    await ends.sip.command({ request: 'hangup' });
    await Promise.all([ends.sip.detach(), ends.bridge.detach()]);
    return;
  }
  const next = new SipCall(line, station, { callId: nextId, repId: null, inbound: true, record: true, isUntold: false, trunk }, more.hooks);
  next.phase = 'ringing';
  next.established = { room, name };
  next.ends = ends;
  await line.memory.ofCall(nextId, (known) => (known.established = { room, name }));
  station.node.adopt(ends.sip.id, { ...nobodyListens, onWord: (word) => next.onWord(word), onDown: () => next.onSoundEnded() });
  more.onHandedOver(next);
  const opened = { callId: nextId, repId: null, to, from, record: true, openedAt: line.now(), inbound: true, sid: carrierCallId };
  await line.legs.open({ ...opened, phase: 'placed' });
  await line.legs.change(nextId, ['placed'], { roomSid: placeOf(station, ends, trunk) });
  await startSound(line, station, { room, sound: 'ringback', loop: true });
}

/** Goes on with a handing-over that its process began and had no time to end. */
export async function resumeHandOver(
  line: Line,
  station: Station,
  [fromCallId, known]: [number, Remembered['handOvers'][string]],
  more: HandOver,
): Promise<void> {
  const leg = await line.legs.find(fromCallId);
  const [nextId] = (await line.legs.known([`handed-over-${fromCallId}`])).values();
  const next = nextId === undefined ? null : await line.legs.find(nextId);
  const trunk = line.trunks.find(({ name }) => name === known.trunk) ?? line.trunks[0];
  // Where it had not begun, the call is its rep's still; where it was done, the colleague's.
  if (leg?.phase === 'ended' && !next?.roomSid && trunk) {
    const { sip, bridge, keepSip } = known.ends;
    const ends = { sip: new JanusHandle(station.node, sip), bridge: new JanusHandle(station.node, bridge), keepSip };
    await arrive(line, station, { ...known, fromCallId, ends, trunk }, more);
  }
  line.memory.keep(({ handOvers }) => Reflect.deleteProperty(handOvers, fromCallId));
}
