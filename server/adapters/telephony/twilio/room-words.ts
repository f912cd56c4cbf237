import { z } from 'zod';
import type { CarrierEventBody } from '../../../core/calls/carrier-event.ts';
import { failureOf } from './api.ts';
import { instantOf } from './call-words.ts';
import type { Line } from './line.ts';
import { callOfLabel, repOfLabel } from './names.ts';

const roomWord = z.object({
  ConferenceSid: z.string(),
  StatusCallbackEvent: z.string(),
  SequenceNumber: z.string().optional(),
  Timestamp: z.string().optional(),
  CallSid: z.string().optional(),
  ParticipantLabel: z.string().optional(),
});
type RoomWord = z.infer<typeof roomWord>;

/** What happens in a rep's room: he comes and goes, is muted; the prospect is held. */
export async function takeRoomWord(line: Line, repId: number, words: Record<string, string>): Promise<void> {
  const word = roomWord.parse(words);
  if (repOfLabel(word.ParticipantLabel) === repId) await takeRepWord(line, repId, word);
  const callId = callOfLabel(word.ParticipantLabel);
  if (callId !== null) await takeProspectWord(line, callId, word);
}

async function takeRepWord(line: Line, repId: number, word: RoomWord): Promise<void> {
  switch (word.StatusCallbackEvent) {
    case 'participant-join':
      await leaveOnlyNewest(line, repId, word);
      line.tell.headset(repId, 'connected');
      break;
    case 'participant-leave':
      if (!(await isRepIn(line, repId, word.ConferenceSid))) line.tell.headset(repId, 'interrupted');
      break;
    case 'participant-mute':
    case 'participant-unmute': {
      const live = await line.legs.liveOf(repId);
      if (live) await tell(line, live.callId, word, { kind: word.StatusCallbackEvent === 'participant-mute' ? 'muted' : 'unmuted' });
      break;
    }
    default:
  }
}

async function takeProspectWord(line: Line, callId: number, word: RoomWord): Promise<void> {
  switch (word.StatusCallbackEvent) {
    case 'participant-join':
      await line.legs.change(callId, ['asked', 'placed'], { roomSid: word.ConferenceSid });
      break;
    case 'participant-hold':
      await tell(line, callId, word, { kind: 'held' });
      break;
    case 'participant-unhold':
      await tell(line, callId, word, { kind: 'unheld' });
      break;
    case 'announcement-fail':
      await tell(line, callId, word, { kind: 'unknown' });
      break;
    default:
  }
}

async function tell(line: Line, callId: number, word: RoomWord, body: CarrierEventBody): Promise<void> {
  const { ConferenceSid, StatusCallbackEvent, SequenceNumber = '0', Timestamp } = word;
  await line.tell.event({
    callId,
    // Padded: what happened within one second is ordered by it.
    eventKey: `${ConferenceSid}:${SequenceNumber.padStart(6, '0')}:${StatusCallbackEvent}`,
    at: instantOf(line, Timestamp),
    carrierWord: StatusCallbackEvent,
    body,
  });
}

/** A refreshed page leaves its old call up for half a minute; the newest one is the rep. */
async function leaveOnlyNewest(line: Line, repId: number, word: RoomWord): Promise<void> {
  for (const participant of await repLegsIn(line, repId, word.ConferenceSid)) {
    if (participant.callSid === word.CallSid) continue;
    try {
      await line.client.calls(participant.callSid).update({ status: 'completed' });
    } catch (error) {
      if (failureOf(error).kind !== 'gone') throw error;
    }
  }
}

async function isRepIn(line: Line, repId: number, roomSid: string): Promise<boolean> {
  return (await repLegsIn(line, repId, roomSid)).length > 0;
}

async function repLegsIn(line: Line, repId: number, roomSid: string) {
  try {
    const participants = await line.client.conferences(roomSid).participants.list({ limit: 50 });
    return participants.filter((participant) => repOfLabel(participant.label) === repId);
  } catch (error) {
    // The conference is over.
    if (failureOf(error).kind === 'gone') return [];
    throw error;
  }
}
