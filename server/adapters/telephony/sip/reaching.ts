import { repRoom } from './bridge.ts';
import type { SipCall } from './call.ts';
import type { Line } from './line.ts';
import { linkRooms, unlink } from './links.ts';
import type { Station } from './station.ts';

/** Brings a call to a rep whose line is on another Janus: his room there and the one of the same name here become one. */
export async function reachRep(line: Line, call: SipCall, repId: number, repStation: Station | undefined): Promise<void> {
  if (!repStation?.isUp || repStation === call.station) return;
  const room = repRoom(repId);
  call.link = await linkRooms({ station: call.station, room }, { station: repStation, room }, (link) =>
    line.memory.ofCall(call.callId, (known) => (known.link = link)),
  );
}

/** The rep's line on that Janus is lost; his next is where the call is. */
export async function dropLinkTo(lost: Station, call: SipCall): Promise<void> {
  const { link } = call;
  if (!link?.ends.some(({ station }) => station === lost)) return;
  call.link = null;
  await unlink(link);
}

/** A colleague who was asked in from that Janus is gone with it. */
export async function dropGuestOf(lost: Station, call: SipCall, stationOf: (repId: number) => Station | undefined): Promise<void> {
  const { party, station } = call;
  if (party?.party.kind !== 'rep' || station === lost || stationOf(party.party.repId) !== lost) return;
  await call.partyLeft(party, 'Janus is lost');
}
