import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { LineInUse, PartyMismatch, PartyUnreachable } from '../../../app/ports/telephony.ts';
import { partyOfWord, partyWord, type CallParty } from '../../../core/calls/call-party.ts';
import type { CarrierEventKind } from '../../../core/calls/carrier-event.ts';
import { answeredLeg, unlessGone, type AnsweredLeg } from './answered-leg.ts';
import { failureOf } from './api.ts';
import { instantOf } from './call-words.ts';
import { setHold } from './commands.ts';
import { enterRoom } from './documents.ts';
import type { Line } from './line.ts';
import { labelOfParty, roomOf } from './names.ts';
import { releaseParty } from './release-party.ts';
import { repLegAtHome, sendHome } from './rep-legs.ts';

const e164 = /^\+[1-9]\d{6,14}$/;
const ringTimeoutSeconds = 30;
const live = ['placed'] as const;

type PartyEvent = Extract<CarrierEventKind, `party${string}`>;

async function tell(line: Line, callId: number, said: { kind: PartyEvent; party: string; at: Date; key: string; word: string }) {
  const { kind, party, at, key, word } = said;
  await line.tell.event({ callId, eventKey: key, at, carrierWord: word, body: { kind, party } });
}

/** Twilio counts whole seconds: what it tells of somebody is never put before our own asking for him. */
const endOfSecond = (at: Date): Date => new Date(Math.floor(at.getTime() / 1000) * 1000 + 999);

/** Asks somebody into the rep's room, with the prospect on hold there. */
export async function askIn(line: Line, callId: number, party: CallParty): Promise<void> {
  if (party.kind === 'number' && !e164.test(party.e164)) throw new RangeError('a party needs an E.164 number');
  const leg = await answeredLeg(line, callId);
  if (leg.party !== null) throw new PartyMismatch(`somebody is in call ${callId} already`);
  const word = partyWord(party);
  const home = party.kind === 'rep' ? await freeRep(line, party.repId) : null;
  await setHold(line, callId, true);
  const nonce = randomUUID().slice(0, 8);
  // Written first: whatever comes of the asking, who came can be found and sent away again.
  await line.legs.change(callId, live, { party: word, partySid: home?.callSid ?? null });
  await tell(line, callId, { kind: 'partyAsked', party: word, at: line.now(), key: `party:${nonce}:asked`, word: 'asked' });
  try {
    if (home) await fetchRep(line, leg, home.callSid, nonce);
    else await dialIn(line, leg, word, nonce);
  } catch (error) {
    const { kind, carrierWord } = failureOf(error);
    // He may have been dialled all the same; then he is told of by his own callbacks.
    if (kind === 'ambiguous') return;
    await partyHasLeft(line, callId, { party: word, word: carrierWord, at: line.now() });
    throw new PartyUnreachable(word);
  }
}

async function freeRep(line: Line, repId: number): Promise<{ callSid: string }> {
  if ((await line.legs.liveOf(repId)) ?? (await line.legs.liveWithParty(partyWord({ kind: 'rep', repId })))) throw new LineInUse(repId);
  const home = await repLegAtHome(line, repId);
  if (!home) throw new PartyUnreachable(`rep ${repId}`);
  return home;
}

async function fetchRep(line: Line, leg: AnsweredLeg, callSid: string, nonce: string): Promise<void> {
  const room = { name: roomOf(leg.repId), label: labelOfParty(leg.callId, nonce), muted: false, callback: line.addresses.room(leg.repId) };
  await line.client.calls(callSid).update({ twiml: enterRoom(room) });
}

async function dialIn(line: Line, leg: AnsweredLeg, to: string, nonce: string): Promise<void> {
  await line.wait(await line.pace.takeTurn(line.callsPerSecond));
  const participant = await line.client.conferences(roomOf(leg.repId)).participants.create({
    to,
    from: leg.inbound ? leg.to : leg.from,
    label: labelOfParty(leg.callId, nonce),
    timeout: ringTimeoutSeconds,
    beep: 'false',
    waitUrl: '',
    earlyMedia: true,
    endConferenceOnExit: false,
    statusCallback: line.addresses.party(leg.callId, to),
    statusCallbackEvent: ['completed'],
  });
  await line.legs.change(leg.callId, live, { partySid: participant.callSid });
}

/** He is in the rep's room. */
export async function partyHasJoined(line: Line, callId: number, said: { sid: string; at: Date; word: string }): Promise<void> {
  const leg = await line.legs.find(callId);
  if (leg?.phase !== 'placed' || leg.party === null) {
    // He was let go in the same moment.
    await unlessGone(line.client.calls(said.sid).update({ status: 'completed' }));
    return;
  }
  await line.legs.change(callId, live, { partySid: said.sid });
  const told = { kind: 'partyJoined', party: leg.party, at: endOfSecond(said.at), key: `${said.sid}:joined`, word: said.word } as const;
  await tell(line, callId, told);
}

/** He went out of the room by himself. */
export async function partyLeftRoom(line: Line, callId: number, said: { sid: string; at: Date; word: string }): Promise<void> {
  const leg = await line.legs.find(callId);
  if (!leg || leg.party === null || leg.partySid !== said.sid) return;
  const party = partyOfWord(leg.party);
  await partyHasLeft(line, callId, { party: leg.party, word: said.word, at: endOfSecond(said.at) });
  // A rep's browser that hung up is gone; one that was only put out of the room still wants its own.
  if (party.kind === 'rep') await sendHome(line, party.repId, said.sid);
}

const partyWordOfStatus = z.object({ CallSid: z.string(), CallStatus: z.string(), Timestamp: z.string().optional() });

/** The end of a number's leg: he did not come, or has hung up. */
export async function takePartyStatus(line: Line, callId: number, party: string, words: Record<string, string>): Promise<void> {
  const { CallSid: sid, CallStatus: word, Timestamp } = partyWordOfStatus.parse(words);
  const leg = await line.legs.find(callId);
  if (leg?.party !== party || (leg.partySid !== null && leg.partySid !== sid)) return;
  await partyHasLeft(line, callId, { party, word, at: endOfSecond(instantOf(line, Timestamp)) });
}

async function partyHasLeft(line: Line, callId: number, said: { party: string; at: Date; word: string }): Promise<void> {
  await line.legs.change(callId, live, { party: null, partySid: null });
  await tell(line, callId, { ...said, kind: 'partyLeft', key: `party:${randomUUID().slice(0, 8)}:left` });
}

/** Who joined hears the prospect from now on, and he him. */
export async function merge(line: Line, callId: number): Promise<void> {
  const leg = await answeredLeg(line, callId);
  if (leg.party === null || leg.partySid === null) throw new PartyMismatch(`nobody has joined call ${callId}`);
  await setHold(line, callId, false);
  await tell(line, callId, {
    kind: 'partyMerged',
    party: leg.party,
    at: endOfSecond(line.now()),
    key: `${leg.partySid}:merged:${randomUUID().slice(0, 8)}`,
    word: 'unhold',
  });
}

/** Lets him go and comes back to the prospect. */
export async function dismiss(line: Line, callId: number): Promise<void> {
  const leg = await answeredLeg(line, callId);
  if (leg.party === null) return;
  await releaseParty(line, leg);
  await tell(line, callId, {
    kind: 'partyLeft',
    party: leg.party,
    at: endOfSecond(line.now()),
    key: `party:${randomUUID().slice(0, 8)}:left`,
    word: 'dismissed',
  });
  await setHold(line, callId, false);
}
