import { failureOf } from './api.ts';
import type { Line } from './line.ts';
import { labelOfCall, roomOf } from './names.ts';

/** Somebody is in the room soon after he was sent there; commands need to know that room. */
const joinTries = 50;
const joinPauseMilliseconds = 100;
/** So often is looked, with that pause, whether somebody who was to be sent elsewhere is still where he was. */
const staysTries = 20;

/** Where somebody on the line goes who is this rep's from now on; `isAnnounced` when he hears first that he is recorded. */
export const roomFor = (line: Line, callId: number, repId: number, isAnnounced: boolean) => ({
  room: roomOf(repId),
  label: labelOfCall(callId, isAnnounced),
  callback: line.addresses.room(repId),
});

/** The conference that a room is now, null while nobody is in it. Twilio begins one with its second participant, and lists by one status only. */
export async function openRoom(line: Line, name: string): Promise<string | null> {
  for (const status of ['in-progress', 'init'] as const) {
    const [room] = await line.client.conferences.list({ friendlyName: name, status, limit: 1 });
    if (room) return room.sid;
  }
  return null;
}

/** Waits until Twilio has told that he is in another room than this one, or that he has gone; answers whether he is on the line. */
export async function untilInRoom(line: Line, callId: number, before: string | null): Promise<boolean> {
  for (let look = 0; look < joinTries; look += 1) {
    const now = await line.legs.find(callId);
    if (now?.phase !== 'placed') return false;
    if (now.roomSid !== before) return true;
    await line.wait(joinPauseMilliseconds);
  }
  line.log.warn({ callId }, 'somebody was sent to a room and is not known to be in it');
  return true;
}

/**
 * Whether somebody who was noted to be sent elsewhere is still in this room when an order that was under way must have been obeyed: the
 * process that noted it died before Twilio heard of it.
 */
export async function isLeftIn(line: Line, name: string, sid: string): Promise<boolean> {
  for (let look = 0; look < staysTries; look += 1) {
    if (!(await isIn(line, name, sid))) return false;
    await line.wait(joinPauseMilliseconds);
  }
  return true;
}

async function isIn(line: Line, name: string, sid: string): Promise<boolean> {
  const roomSid = await openRoom(line, name);
  if (roomSid === null) return false;
  try {
    const participants = await line.client.conferences(roomSid).participants.list({ limit: 50 });
    return participants.some(({ callSid }) => callSid === sid);
  } catch (error) {
    if (failureOf(error).kind === 'gone') return false;
    throw error;
  }
}
