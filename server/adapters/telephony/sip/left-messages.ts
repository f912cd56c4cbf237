import type { SpokenClip } from '../../../app/ports/telephony.ts';
import { readClip } from '../../../core/audio/clip.ts';
import { callRoom, changeRoom, openRoom } from './bridge.ts';
import type { SipCall } from './call.ts';
import { speakClip } from './clip-player.ts';
import { answeredCall } from './commands.ts';
import { inBackground, type Line } from './line.ts';
import { idsOf } from './memory.ts';
import { stopSound } from './sounds.ts';

/** Longer than the clip by what the network takes to carry its last words. */
const lastWordsMilliseconds = 300;

/** Takes the far side into a room of its own, where it hears the clip and is hung up; the rep is out of it at once. */
export async function leaveMessage(line: Line, known: SipCall | undefined, callId: number, clip: SpokenClip): Promise<void> {
  const { call, ends } = answeredCall(known, callId);
  const { samples, durationSeconds } = readClip(clip.wav);
  const room = callRoom(callId);
  if (call.party) await call.partyLeft(call.party, 'message left');
  if (call.isHeld) {
    await ends.sip.askUntilHeard({ request: 'unhold' });
    await stopSound(call.station, { room, sound: 'hold' });
  } else {
    await openRoom(call.station.control, room);
    await changeRoom(ends.bridge, { room, id: call.name });
  }
  const { url } = call.station;
  line.memory.keep(({ leaving }) => (leaving[callId] = { url, ends: idsOf(ends) }));
  await line.memory.settled();
  await call.tell({ kind: 'messageLeft', clipId: clip.id }, 'message left');
  await leaveBehind(line, call, durationSeconds * 1000 + lastWordsMilliseconds);
  inBackground(line, { callId }, 'a message was not left whole', playAndHangUp(call, room, samples));
}

/** For the rep, and for us, the call is over; the far side stays for so long to hear what was left for it. */
async function leaveBehind(line: Line, call: SipCall, milliseconds: number): Promise<void> {
  const at = line.now();
  call.phase = 'leaving';
  call.repId = null;
  const end = { endedAt: new Date(at.getTime() + milliseconds), endCause: 'machine', endWord: 'message left' } as const;
  await line.legs.change(call.callId, ['placed'], { phase: 'ended', ...end });
  await call.tell({ kind: 'ended', cause: end.endCause }, end.endWord, at);
}

async function playAndHangUp(call: SipCall, room: string, samples: Int16Array): Promise<void> {
  try {
    await speakClip(call.station, room, samples);
    await new Promise((resolve) => setTimeout(resolve, lastWordsMilliseconds));
  } finally {
    await call.hangup('hangup');
  }
}
