import type { Line } from './line.ts';
import { labelOfCall, roomOf } from './names.ts';

/** Somebody is in the room soon after he was sent there; commands need to know that room. */
const joinTries = 50;
const joinPauseMilliseconds = 100;

/** Where somebody on the line goes who is this rep's from now on; `isAnnounced` when he hears first that he is recorded. */
export const roomFor = (line: Line, callId: number, repId: number, isAnnounced: boolean) => ({
  room: roomOf(repId),
  label: labelOfCall(callId, isAnnounced),
  callback: line.addresses.room(repId),
});

/** Waits until Twilio has told that he is in another room than this one. */
export async function untilInRoom(line: Line, callId: number, before: string | null): Promise<void> {
  for (let look = 0; look < joinTries; look += 1) {
    const now = await line.legs.find(callId);
    if (now?.roomSid !== before || now.phase !== 'placed') return;
    await line.wait(joinPauseMilliseconds);
  }
  line.log.warn({ callId }, 'somebody was sent to a room and is not known to be in it');
}
