import type { SpokenClip } from '../../../app/ports/telephony.ts';
import { readClip } from '../../../core/audio/clip.ts';
import { answeredLeg, whileLive } from './answered-leg.ts';
import { endLeg } from './call-ends.ts';
import { ticketFor } from './clip-tickets.ts';
import { playAndHangUp } from './documents.ts';
import type { Line } from './line.ts';
import { releaseParty } from './release-party.ts';
import { wholeSecond } from './whole-second.ts';

/** Takes the far side out of the rep's room to hear the clip; his leg, and its recording, end with it. */
export async function leaveMessage(line: Line, callId: number, clip: SpokenClip): Promise<void> {
  // Twilio would only find out when it plays it.
  readClip(clip.wav);
  const leg = await answeredLeg(line, callId);
  await releaseParty(line, leg);
  const document = playAndHangUp(line.addresses.clip(clip.id, ticketFor(line, clip.id)));
  await whileLive(callId, line.client.calls(leg.sid).update({ twiml: document }));
  const at = wholeSecond(line.now());
  const eventKey = `${leg.sid}:message-left`;
  await line.tell.event({ callId, eventKey, at, carrierWord: 'redirected', body: { kind: 'messageLeft', clipId: clip.id } });
  await endLeg(line, leg, { cause: 'machine', carrierWord: 'redirected', at });
}
