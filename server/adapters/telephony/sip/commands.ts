import { AnnouncementPlays, CallNotLive } from '../../../app/ports/telephony.ts';
import { announce } from './announcing.ts';
import { callRoom, changeRoom, openRoom, repName, repRoom, setMuted, whoIsIn } from './bridge.ts';
import type { CallEnds } from './call-parts.ts';
import type { SipCall } from './call.ts';
import type { Line } from './line.ts';
import { reachRep } from './reaching.ts';
import { keyMilliseconds, playKey, startSound, stopSound } from './sounds.ts';
import type { Station } from './station.ts';

const keypadDigits = /^[0-9*#A-Dw]+$/;
const pauseMilliseconds = 500;

interface AnsweredCall {
  call: SipCall;
  ends: CallEnds;
  repId: number;
}

/** A call that may be commanded. @throws CallNotLive, AnnouncementPlays */
export function answeredCall(call: SipCall | undefined, callId: number): AnsweredCall {
  const answered = talkingCall(call, callId);
  if (answered.call.isUntold) throw new AnnouncementPlays(callId);
  return answered;
}

/** The same, also while its prospect only hears that he will be recorded. @throws CallNotLive */
function talkingCall(call: SipCall | undefined, callId: number): AnsweredCall {
  if (call?.phase !== 'answered' || !call.ends || call.repId === null) throw new CallNotLive(callId);
  return { call, ends: call.ends, repId: call.repId };
}

/** The far side waits in a room of its own with music, which its own network is told too (re-INVITE): nobody hears anybody. */
export async function hold(line: Line, known: SipCall | undefined, callId: number): Promise<void> {
  const { call, ends } = answeredCall(known, callId);
  if (call.isHeld) return;
  const room = callRoom(callId);
  await openRoom(call.station.control, room);
  await line.memory.ofCall(callId, (known) => (known.isHeld = true));
  await changeRoom(ends.bridge, { room, id: call.name });
  call.isHeld = true;
  await startSound(line, call.station, { room, sound: 'hold', loop: true });
  await ends.sip.askUntilHeard({ request: 'hold', direction: 'sendonly' });
  await call.tell({ kind: 'held' }, 'hold');
}

export async function unhold(line: Line, known: SipCall | undefined, callId: number): Promise<void> {
  const { call, ends, repId } = answeredCall(known, callId);
  if (!call.isHeld) return;
  await ends.sip.askUntilHeard({ request: 'unhold' });
  await changeRoom(ends.bridge, { room: repRoom(repId), id: call.name });
  await stopSound(call.station, { room: callRoom(callId), sound: 'hold' });
  call.isHeld = false;
  await line.memory.ofCall(callId, (content) => (content.isHeld = false));
  await call.tell({ kind: 'unheld' }, 'unhold');
}

/** Silences the rep in his room; without a line it is remembered for the line that comes. */
export async function mute(line: Line, known: SipCall | undefined, callId: number, muted: boolean): Promise<void> {
  const { call, repId } = talkingCall(known, callId);
  const room = repRoom(repId);
  const { control } = call.repStation;
  if ((await whoIsIn(control, room)).has(repName)) await setMuted(control, { room, id: repName }, muted);
  call.isMuted = muted;
  await line.legs.change(callId, ['placed'], { muted });
  await call.tell({ kind: muted ? 'muted' : 'unmuted' }, muted ? 'mute' : 'unmute');
}

/**
 * Keys one after the other, as the trunk wants them: as sound in the call, or as SIP INFO. Not by RFC 2833: the SIP plugin sends no
 * telephone-events of its own (its only request is `dtmf_info`) and passes on the packets of its WebRTC side. That side is the bridge, which
 * mixes sound and takes, makes and forwards no events; and a packet from another socket than the plugin's is not of this call.
 */
export async function sendDigits(line: Line, known: SipCall | undefined, callId: number, digits: string): Promise<void> {
  if (!keypadDigits.test(digits)) throw new RangeError('only 0-9 * # A-D and w can be sent');
  const { call, ends } = answeredCall(known, callId);
  for (const [index, key] of [...digits].entries()) {
    if (call.phase !== 'answered') throw new CallNotLive(callId);
    if (key !== 'w') {
      if (call.trunk.digits === 'info') await ends.sip.ask({ request: 'dtmf_info', digit: key, duration: keyMilliseconds });
      else await playKey(line, call.station, { room: call.room, key, id: `key-${callId}-${index}` });
    }
    await pause(key === 'w' ? pauseMilliseconds : keyMilliseconds);
  }
  await call.tell({ kind: 'digits', digits }, `digits by ${call.trunk.digits}`);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Janus writes nothing down between the two; the places of what follows stay right. Repeating changes nothing. */
export async function restRecording(line: Line, known: SipCall | undefined, callId: number, rests: boolean): Promise<void> {
  const { call, ends } = answeredCall(known, callId);
  if (call.recordingRests === rests) return;
  const action = rests ? 'pause' : 'resume';
  if (call.record) await ends.sip.ask({ request: 'recording', action, audio: true, peer_audio: true });
  call.recordingRests = rests;
  await line.memory.ofCall(callId, (content) => (content.recordingRests = rests));
  await call.tell({ kind: rests ? 'recordingPaused' : 'recordingResumed' }, action);
}

/** Joins a held call that was answered to a rep. @throws CallNotLive */
export async function connectToRep(
  line: Line,
  call: SipCall | undefined,
  callId: number,
  rep: { id: number; station: Station | undefined },
): Promise<void> {
  const repId = rep.id;
  if (call?.phase !== 'answered' || !call.ends) throw new CallNotLive(callId);
  if (call.repId === repId) return;
  if (call.repId !== null) throw new CallNotLive(callId);
  call.repId = repId;
  const room = repRoom(repId);
  await reachRep(line, call, repId, rep.station);
  await openRoom(call.station.control, room);
  await line.legs.change(callId, ['placed'], { repId });
  if (call.isUntold) announce(line, call);
  else await changeRoom(call.ends.bridge, { room, id: call.name });
}
