import { PartyMismatch, PartyUnreachable } from '../../../app/ports/telephony.ts';
import { partyWord, type CallParty } from '../../../core/calls/call-party.ts';
import type { SipCall } from './call.ts';
import { besideRep, byLink } from './guest-colleague.ts';
import { answeredCall, hold, unhold } from './commands.ts';
import { repRoom } from './bridge.ts';
import { GuestNumber } from './guest-number.ts';
import type { Line } from './line.ts';
import { linkRooms } from './links.ts';
import type { RememberedLink } from './memory.ts';
import type { Headset } from './rep-lines.ts';

const e164 = /^\+[1-9]\d{6,14}$/;

/** Finds the headset of a colleague who may be asked in. @throws LineInUse, PartyUnreachable */
export type FindColleague = (repId: number) => Headset;

/** Asks somebody in while the far side waits with music. @throws CallNotLive, PartyMismatch, PartyUnreachable, LineInUse, RangeError */
export async function consult(
  line: Line,
  known: SipCall | undefined,
  callId: number,
  wish: { party: CallParty; findColleague: FindColleague },
): Promise<void> {
  const { party, findColleague } = wish;
  if (party.kind === 'number' && !e164.test(party.e164)) throw new RangeError('a party needs an E.164 number');
  const { call, repId } = answeredCall(known, callId);
  if (call.party) throw new PartyMismatch(`somebody is in call ${callId} already`);
  const colleague = party.kind === 'rep' ? { repId: party.repId, headset: findColleague(party.repId) } : null;
  await hold(line, call, callId);
  await line.legs.change(callId, ['placed'], { party: partyWord(party) });
  await call.tell({ kind: 'partyAsked', party: partyWord(party) }, 'asked');
  if (colleague) await fetchColleague(line, call, repId, colleague);
  else if (party.kind === 'number') await dialGuest(line, call, repId, party.e164);
}

async function fetchColleague(line: Line, call: SipCall, repId: number, colleague: { repId: number; headset: Headset }): Promise<void> {
  const { headset } = colleague;
  const { url } = headset.station;
  if (headset.station === call.station || headset.station === call.repStation) {
    await line.memory.ofCall(call.callId, (known) => (known.party = { url }));
    call.party = await besideRep(repId, colleague);
  } else {
    // His line is on another Janus: his own room and the rep's become one.
    const [here, there] = [
      { station: call.station, room: repRoom(repId) },
      { station: headset.station, room: repRoom(colleague.repId) },
    ];
    const remembered = (link: RememberedLink) => line.memory.ofCall(call.callId, (known) => (known.party = { url, link }));
    call.party = byLink(colleague.repId, await linkRooms(here, there, remembered));
  }
  await call.partyJoined(call.party, 'joined');
}

async function dialGuest(line: Line, call: SipCall, repId: number, to: string): Promise<void> {
  const guest = new GuestNumber(line, call, repId, to);
  call.party = guest;
  try {
    await guest.dial();
  } catch (error) {
    await call.partyLeft(guest, error instanceof Error ? error.message : String(error));
    throw new PartyUnreachable(to);
  }
}

/** The far side comes off hold and hears him too. @throws PartyMismatch, CallNotLive */
export async function mergeParty(line: Line, known: SipCall | undefined, callId: number): Promise<void> {
  const { call } = answeredCall(known, callId);
  const { party } = call;
  if (!party?.hasJoined) throw new PartyMismatch(`nobody has joined call ${callId}`);
  await unhold(line, call, callId);
  await call.tell({ kind: 'partyMerged', party: partyWord(party.party) }, 'merged');
}

/** Lets him go, and the far side off hold; nobody there is none to let go. */
export async function dismissParty(line: Line, known: SipCall | undefined, callId: number): Promise<void> {
  const { call } = answeredCall(known, callId);
  if (!call.party) return;
  await call.partyLeft(call.party, 'dismissed');
  await unhold(line, call, callId);
}
