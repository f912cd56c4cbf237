import { joinAndOffer, joinWithOffer, openRoom, takeAnswer, whoIsIn } from './bridge.ts';
import { nobodyListens, type JanusHandle } from './janus-node.ts';
import type { RememberedLink } from './memory.ts';
import { withheldWays } from './offers.ts';
import type { Station } from './station.ts';

/** A room in one of our Januses. */
export interface RoomAt {
  station: Station;
  room: string;
}

interface LinkEnd extends RoomAt {
  handle: JanusHandle;
}

/** Two rooms in two Januses whose people hear each other: in each sits one participant who brings what the other room says. */
export interface RoomLink {
  ends: readonly [LinkEnd, LinkEnd];
}

/** Between our own Januses: the sound of the telephone as it is. */
const codec = 'pcma';

const nameOf = (station: Station): string => `link to ${station.url}`;

/**
 * @param remember keeps the link for the next process before anybody hears by it: one that nobody knows of could not be parted
 * @throws JanusRefused, JanusUnreachable
 */
export async function linkRooms(one: RoomAt, other: RoomAt, remember: (link: RememberedLink) => Promise<void>): Promise<RoomLink> {
  const [first, second] = await Promise.all([openEnd(one), openEnd(other)]);
  await remember([placeOf(first), placeOf(second)]);
  const offer = await joinAndOffer(first.handle, { room: one.room, id: nameOf(other.station), codec });
  const { description, candidates } = withheldWays(offer);
  const at = { room: other.room, id: nameOf(one.station), muted: false, codec, inner: false };
  const answer = await joinWithOffer(second.handle, at, description);
  await takeAnswer(first.handle, answer);
  await second.handle.trickleAll(candidates);
  return { ends: [first, second] };
}

const placeOf = ({ station, room, handle }: LinkEnd): RememberedLink[number] => ({ url: station.url, room, handle: handle.id });

/** A link that an earlier process left. Where one end was on a Janus that has lost it there is none: the other end would sit alone in its room. */
export async function adoptLink(places: RememberedLink, stationOf: (url: string) => Station | undefined): Promise<RoomLink | null> {
  const [first, second] = places.map(({ url, room, handle }) => {
    const station = stationOf(url);
    return station && { station, room, handle: station.node.adopt(handle, nobodyListens) };
  });
  if (first && second) return { ends: [first, second] };
  await (first ?? second)?.handle.detach();
  return null;
}

/** Whether both rooms have who brings the other's words. */
export async function isLinked({ ends: [one, other] }: RoomLink): Promise<boolean> {
  const [inOne, inOther] = await Promise.all([one, other].map(({ station, room }) => whoIsIn(station.control, room)));
  return inOne?.get(nameOf(other.station)) === true && inOther?.get(nameOf(one.station)) === true;
}

async function openEnd({ station, room }: RoomAt): Promise<LinkEnd> {
  await openRoom(station.control, room);
  return { station, room, handle: await station.attach('janus.plugin.audiobridge', nobodyListens) };
}

/** The rooms are apart again; what is on a lost Janus is gone already. */
export async function unlink({ ends }: RoomLink): Promise<void> {
  const isThere = ends.filter(({ station }) => station.isUp);
  await Promise.all(isThere.map(({ handle }) => handle.detach()));
}
