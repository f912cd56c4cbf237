import { CallNotLive, LineInUse } from '../../../app/ports/telephony.ts';
import { heardFirst, tellAnnouncing } from './announcing.ts';
import { whileLive } from './answered-leg.ts';
import { failureOf } from './api.ts';
import { hangUp } from './commands.ts';
import { apologyAndHangUp, letIn } from './documents.ts';
import { isLeftIn, roomFor, untilInRoom } from './into-room.ts';
import type { Line } from './line.ts';
import { waitingRoomOf } from './names.ts';

/**
 * Sends who answered a held line from his waiting room into the rep's. He has been recorded since his answer, both sides on
 * their own channel, and goes on being so; where recordings are announced he hears that first and is recorded from then on.
 */
export async function joinHeld(line: Line, callId: number, repId: number): Promise<void> {
  const leg = await line.legs.find(callId);
  if (!leg || leg.phase !== 'placed' || leg.answeredAt === null || leg.sid === null || leg.inbound) throw new CallNotLive(callId);
  if (leg.repId === null) {
    if (await line.legs.liveOf(repId)) throw new LineInUse(repId);
    await line.legs.change(callId, ['placed'], { repId });
  } else {
    if (leg.repId !== repId) throw new CallNotLive(callId);
    if (!(await isLeftIn(line, waitingRoomOf(callId), leg.sid))) return mustLive(line, callId, leg.sid);
  }
  const isAnnounced = (await line.legs.beginAnnouncement(callId)) || leg.announcement === 'playing';
  const document = letIn({
    ...roomFor(line, callId, repId, isAnnounced),
    heardFirst: isAnnounced ? heardFirst(line, leg) : null,
    recordingCallback: isAnnounced ? line.addresses.recording(callId) : null,
  });
  try {
    await line.client.calls(leg.sid).update({ twiml: document });
  } catch (error) {
    await line.legs.change(callId, ['placed'], { repId: null, ...(isAnnounced ? { announcement: 'due' } : {}) });
    if (failureOf(error).kind === 'gone') throw new CallNotLive(callId);
    throw error;
  }
  if (isAnnounced) await tellAnnouncing(line, { callId, sid: leg.sid, seconds: leg.announcementSeconds });
  else if (!(await untilInRoom(line, callId, leg.roomSid))) throw new CallNotLive(callId);
}

/** His own leg may not know yet that he has gone. @throws CallNotLive */
async function mustLive(line: Line, callId: number, sid: string): Promise<void> {
  const { status } = await whileLive(callId, line.client.calls(sid).fetch());
  if (status !== 'in-progress') throw new CallNotLive(callId);
}

/** Whoever answered a held line and met nobody hears that we call again; Twilio ends the call when it is said. */
export async function apologise(line: Line, callId: number): Promise<void> {
  const leg = await line.legs.find(callId);
  if (leg?.phase !== 'placed' || leg.answeredAt === null || leg.sid === null || leg.repId !== null || leg.inbound) {
    await hangUp(line, callId);
    return;
  }
  // Said again it would begin anew; but whoever noted it may have died before Twilio heard of it.
  if (leg.hangupAsked && !(await isLeftIn(line, waitingRoomOf(callId), leg.sid))) return;
  await line.legs.change(callId, ['placed'], { hangupAsked: true });
  try {
    await line.client.calls(leg.sid).update({ twiml: apologyAndHangUp() });
  } catch (error) {
    if (failureOf(error).kind !== 'gone') throw error;
  }
}
