import { z } from 'zod';
import { JanusRefused, type Jsep } from './janus-messages.ts';
import type { JanusHandle } from './janus-node.ts';

const roomExists = 486;
const noSuchRoom = 485;
const playsAlready = 490;
const alreadyJoined = 491;
/** Both telephone codecs have this rate: mixing at another would only cost. */
const mixRate = 8000;

/** Packets that wait before they are mixed: 20 ms each. A browser's come unevenly, those of the machine itself do not. */
const browserPrebuffer = 3;
const innerPrebuffer = 1;

export const repRoom = (repId: number): string => `rep-${repId}`;
export const callRoom = (callId: number): string => `call-${callId}`;
export const pairRoom = (callId: number): string => `pair-${callId}`;
export const repName = 'rep';
export const guestName = (repId: number): string => `guest-${repId}`;
export const callName = (callId: number): string => `call-${callId}`;

const participants = z.object({ participants: z.array(z.object({ id: z.string(), setup: z.boolean() })) });

/** Makes a room, into which we may also speak by RTP; one that is there already will do. */
export async function openRoom(control: JanusHandle, room: string): Promise<void> {
  const options = { sampling_rate: mixRate, is_private: true, allow_rtp_participants: true };
  try {
    await control.ask({ request: 'create', room, description: room, ...options });
  } catch (error) {
    if (!(error instanceof JanusRefused && error.code === roomExists)) throw error;
  }
}

export async function closeRoom(control: JanusHandle, room: string): Promise<void> {
  try {
    await control.ask({ request: 'destroy', room });
  } catch (error) {
    if (!(error instanceof JanusRefused && error.code === noSuchRoom)) throw error;
  }
}

/** Who is in a room, and whether his sound is connected. */
export async function whoIsIn(control: JanusHandle, room: string): Promise<ReadonlyMap<string, boolean>> {
  try {
    const { data } = await control.ask({ request: 'listparticipants', room });
    return new Map(participants.parse(data).participants.map(({ id, setup }) => [id, setup]));
  } catch (error) {
    if (error instanceof JanusRefused && error.code === noSuchRoom) return new Map();
    throw error;
  }
}

/** Silences one participant's microphone for the others, or opens it. */
export async function setMuted(control: JanusHandle, at: { room: string; id: string }, muted: boolean): Promise<void> {
  await control.ask({ request: muted ? 'mute' : 'unmute', ...at });
}

/** Takes a participant's offer and answers it. */
export async function joinWithOffer(
  handle: JanusHandle,
  at: { room: string; id: string; muted: boolean; codec: string; inner: boolean },
  offer: Jsep,
): Promise<Jsep> {
  const { inner, ...who } = at;
  const { jsep } = await handle.ask({ request: 'join', ...who, prebuffer: inner ? innerPrebuffer : browserPrebuffer }, offer);
  if (!jsep) throw new Error('the bridge answered an offer without an answer');
  return jsep;
}

const rtpPlace = z.object({ rtp: z.object({ ip: z.string(), port: z.number() }) });

/** Joins by plain RTP in mu-law, without any negotiation; answers where the packets go. What the room says is sent nowhere that listens. */
export async function joinByRtp(
  handle: JanusHandle,
  at: { room: string; id: string; port: number },
): Promise<{ ip: string; port: number }> {
  const { room, id, port } = at;
  const rtp = { ip: '127.0.0.1', port, payload_type: 0 };
  const { data } = await handle.ask({ request: 'join', room, id, codec: 'pcmu', prebuffer: browserPrebuffer, rtp });
  return rtpPlace.parse(data).rtp;
}

/** Joins and offers: whoever answers is in the room. */
export async function joinAndOffer(handle: JanusHandle, at: { room: string; id: string; codec: string }): Promise<Jsep> {
  const { jsep } = await handle.ask({ request: 'join', ...at, prebuffer: innerPrebuffer, generate_offer: true });
  if (!jsep) throw new Error('the bridge made no offer');
  return jsep;
}

export async function takeAnswer(handle: JanusHandle, answer: Jsep): Promise<void> {
  await handle.ask({ request: 'configure' }, answer);
}

/** Moves a participant, with his sound, to another room; one who is there already, for a process before us, stays. */
export async function changeRoom(handle: JanusHandle, at: { room: string; id: string }): Promise<void> {
  try {
    await handle.ask({ request: 'changeroom', ...at });
  } catch (error) {
    if (!(error instanceof JanusRefused && error.code === alreadyJoined)) throw error;
  }
}

/** Plays a file to everybody in the room; one that plays round and round there goes on. The path is the one on Janus's machine. */
export async function playFile(control: JanusHandle, at: { room: string; id: string; file: string; loop: boolean }): Promise<void> {
  try {
    await control.ask({ request: 'play_file', room: at.room, file_id: at.id, filename: at.file, loop: at.loop });
  } catch (error) {
    if (!(at.loop && error instanceof JanusRefused && error.code === playsAlready)) throw error;
  }
}

/** Ends a playing; what plays no more is ended already. */
export async function stopFile(control: JanusHandle, at: { room: string; id: string }): Promise<void> {
  try {
    await control.ask({ request: 'stop_file', room: at.room, file_id: at.id });
  } catch (error) {
    if (!(error instanceof JanusRefused)) throw error;
  }
}
