import { failureOf } from './api.ts';
import { unlessGone } from './answered-leg.ts';
import { enterRoom } from './documents.ts';
import type { Line } from './line.ts';
import { openRoom } from './into-room.ts';
import { labelOfRep, repOfLabel, roomOf } from './names.ts';

/** The legs of a rep's browsers in a conference; none when that is over. */
export async function repLegsIn(line: Line, repId: number, roomSid: string) {
  try {
    const participants = await line.client.conferences(roomSid).participants.list({ limit: 50 });
    return participants.filter((participant) => repOfLabel(participant.label) === repId);
  } catch (error) {
    if (failureOf(error).kind === 'gone') return [];
    throw error;
  }
}

/** The conference that a rep's own room is now; null while nobody is in it. */
export const homeOf = (line: Line, repId: number): Promise<string | null> => openRoom(line, roomOf(repId));

/** The leg of a rep who sits in his own room, wherever that conference is; null when his headset is not connected. */
export async function repLegAtHome(line: Line, repId: number): Promise<{ callSid: string } | null> {
  const roomSid = await homeOf(line, repId);
  const [leg] = roomSid === null ? [] : await repLegsIn(line, repId, roomSid);
  return leg ?? null;
}

/** Sends a rep's leg back to the room that it stays in through the shift. */
export async function sendHome(line: Line, repId: number, callSid: string): Promise<void> {
  const document = enterRoom({
    name: roomOf(repId),
    label: labelOfRep(repId, callSid),
    muted: false,
    callback: line.addresses.room(repId),
  });
  await unlessGone(line.client.calls(callSid).update({ twiml: document }));
}
