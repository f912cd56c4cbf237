import type { Party } from './call-parts.ts';
import { changeRoom, guestName, repName, repRoom, whoIsIn } from './bridge.ts';
import { isGone } from './janus-messages.ts';
import { isLinked, unlink, type RoomLink } from './links.ts';
import type { Headset } from './rep-lines.ts';

interface Colleague {
  repId: number;
  headset: Headset;
}

/** A colleague whose headset goes into the rep's room, and back when he is let go. */
export async function besideRep(repId: number, colleague: Colleague): Promise<Party> {
  const place = { room: repRoom(repId), id: guestName(colleague.repId) };
  await changeRoom(colleague.headset.handle, place);
  return seatedAt(place, colleague);
}

/** One who is there already, brought by an earlier process. */
export const seatedBesideRep = (repId: number, colleague: Colleague): Party =>
  seatedAt({ room: repRoom(repId), id: guestName(colleague.repId) }, colleague);

function seatedAt(place: { room: string; id: string }, { repId, headset: { station, handle } }: Colleague): Party {
  return {
    party: { kind: 'rep', repId },
    hasJoined: true,
    leaveWith: null,
    isThere: async () => (await whoIsIn(station.control, place.room)).get(place.id) === true,
    release: async () => {
      try {
        await changeRoom(handle, { room: repRoom(repId), id: repName });
      } catch (error) {
        // A headset that came anew is in its own room, and this one is no more.
        if (!isGone(error)) throw error;
      }
    },
  };
}

/** A colleague whose room on another Janus is one with the rep's. */
export const byLink = (repId: number, link: RoomLink): Party => ({
  party: { kind: 'rep', repId },
  hasJoined: true,
  leaveWith: null,
  isThere: () => isLinked(link),
  release: () => unlink(link),
});
