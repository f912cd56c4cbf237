import { z } from 'zod';
import type { CarrierEventBody } from '../../../core/calls/carrier-event.ts';
import { announceOnce, takeAnnounced } from './announcing.ts';
import { failureOf } from './api.ts';
import { instantOf } from './call-words.ts';
import type { Line } from './line.ts';
import { partyWord } from '../../../core/calls/call-party.ts';
import { takeSupervisorWord } from './coaching.ts';
import { callOfLabel, callOfPartyLabel, isAnnouncedLabel, repOfLabel, supervisionOfLabel } from './names.ts';
import { partyHasJoined, partyLeftRoom } from './parties.ts';
import { repLegsIn } from './rep-legs.ts';

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
  const asked = callOfPartyLabel(word.ParticipantLabel);
  const supervisionId = supervisionOfLabel(word.ParticipantLabel);
  if (supervisionId !== null) await takeSupervisorWord(line, supervisionId, word.ConferenceSid);
  if (asked !== null && word.CallSid !== undefined) await takePartyWord(line, asked, { ...word, CallSid: word.CallSid });
}

async function takeRepWord(line: Line, repId: number, word: RoomWord): Promise<void> {
  switch (word.StatusCallbackEvent) {
    case 'participant-join':
      await leaveOnlyNewest(line, repId, word);
      line.tell.headset(repId, 'connected');
      break;
    case 'participant-leave':
      if (!(await isRepIn(line, repId, word.ConferenceSid)) && !(await isAway(line, repId))) line.tell.headset(repId, 'interrupted');
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

/** Asked into a colleague's call he is in that one's room, not gone. */
async function isAway(line: Line, repId: number): Promise<boolean> {
  return (await line.legs.liveWithParty(partyWord({ kind: 'rep', repId }))) !== null;
}

async function takePartyWord(line: Line, callId: number, word: RoomWord & { CallSid: string }): Promise<void> {
  const said = { sid: word.CallSid, at: instantOf(line, word.Timestamp), word: word.StatusCallbackEvent };
  if (word.StatusCallbackEvent === 'participant-join') await partyHasJoined(line, callId, said);
  if (word.StatusCallbackEvent === 'participant-leave') await partyLeftRoom(line, callId, said);
}

async function takeProspectWord(line: Line, callId: number, word: RoomWord): Promise<void> {
  switch (word.StatusCallbackEvent) {
    case 'participant-join':
      await line.legs.change(callId, ['asked', 'placed'], { roomSid: word.ConferenceSid });
      if (isAnnouncedLabel(word.ParticipantLabel))
        await takeAnnounced(line, callId, { carrierWord: word.StatusCallbackEvent, at: instantOf(line, word.Timestamp) });
      else await announceOnce(line, callId);
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
