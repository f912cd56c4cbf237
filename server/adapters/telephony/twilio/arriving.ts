import { z } from 'zod';
import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import { CallNotLive, LineInUse, type Announcement, type MessageWanted } from '../../../app/ports/telephony.ts';
import { announcementColumns, heardFirst, tellAnnouncing } from './announcing.ts';
import { failureOf } from './api.ts';
import { instantOf, takeCallStatus } from './call-words.ts';
import { letIn, takeDown } from './documents.ts';
import type { Line } from './line.ts';
import { roomFor, untilInRoom } from './into-room.ts';
import { wholeSecond } from './whole-second.ts';

const arrivingWord = z.object({ CallSid: z.string(), From: z.string().default(''), To: z.string(), Timestamp: z.string().optional() });
const e164 = /^\+[1-9]\d{6,14}$/;
/** What Twilio shows for anonymous, restricted, blocked, unknown and unavailable: those words on a keypad. */
const hiddenNumbers: ReadonlySet<string> = new Set(['+266696687', '+7378742833', '+2562533', '+8656696', '+86282452253']);

/** A call arrived: answers whether we take it. Asked twice, it is the same call. */
export async function takeArriving(line: Line, words: Record<string, string>): Promise<boolean> {
  const { CallSid: sid, From, To: to, Timestamp } = arrivingWord.parse(words);
  if ((await line.legs.known([sid])).has(sid)) return true;
  const from = e164.test(From) && !hiddenNumbers.has(From) ? From : null;
  const callId = await line.tell.arriving({ carrierCallId: sid, from, to, at: instantOf(line, Timestamp), handedOver: null });
  if (callId === null) return false;
  const openedAt = line.now();
  await line.legs.open({ callId, repId: null, to, from: from ?? '', record: true, openedAt, inbound: true, sid, phase: 'placed' });
  return true;
}

/** The number's own status callback: the caller has gone. */
export async function takeArrivingStatus(line: Line, words: Record<string, string>): Promise<void> {
  const sid = z.string().parse(words.CallSid);
  const callId = (await line.legs.known([sid])).get(sid);
  if (callId !== undefined) await takeCallStatus(line, callId, words);
}

interface WaitingLeg extends CarrierLeg {
  sid: string;
}

async function waitingCaller(line: Line, callId: number): Promise<WaitingLeg> {
  const leg = await line.legs.find(callId);
  if (!leg?.inbound || leg.phase !== 'placed' || leg.answeredAt || leg.message || leg.sid === null) throw new CallNotLive(callId);
  return { ...leg, sid: leg.sid };
}

/** Sends the caller into the rep's room, where he comes when he has heard what is announced. */
export async function answerCaller(line: Line, callId: number, repId: number, announcement: Announcement | null): Promise<void> {
  const leg = await waitingCaller(line, callId);
  if (await line.legs.liveOf(repId)) throw new LineInUse(repId);
  const at = wholeSecond(line.now());
  const told = announcementColumns(announcement, 'playing');
  await line.legs.change(callId, ['placed'], { repId, answeredAt: at, ...told });
  const document = letIn({
    ...roomFor(line, callId, repId, announcement !== null),
    heardFirst: announcement && heardFirst(line, { announcementClipId: told.announcementClipId ?? null }),
    recordingCallback: line.addresses.recording(callId),
  });
  try {
    await line.client.calls(leg.sid).update({ twiml: document });
  } catch (error) {
    await line.legs.change(callId, ['placed'], { repId: null, answeredAt: null, announcement: 'none', announcementClipId: null });
    if (failureOf(error).kind === 'gone') throw new CallNotLive(callId);
    throw error;
  }
  await line.tell.event({ callId, eventKey: `${leg.sid}:in-progress`, at, carrierWord: 'in-progress', body: { kind: 'answered' } });
  if (announcement) await tellAnnouncing(line, { callId, sid: leg.sid, seconds: told.announcementSeconds ?? 0 });
  else await untilInRoom(line, callId, null);
}

/** Asked again it goes on as before. */
export async function takeMessageOf(line: Line, callId: number, wanted: MessageWanted): Promise<void> {
  const known = await line.legs.find(callId);
  if (known?.message && known.phase === 'placed') return;
  const leg = await waitingCaller(line, callId);
  await line.legs.change(callId, ['placed'], { message: true });
  const document = takeDown({ ...wanted, beepUrl: line.addresses.sound('beep'), recordingCallback: line.addresses.recording(callId) });
  try {
    await line.client.calls(leg.sid).update({ twiml: document });
  } catch (error) {
    await line.legs.change(callId, ['placed'], { message: false });
    if (failureOf(error).kind === 'gone') throw new CallNotLive(callId);
    throw error;
  }
  const at = wholeSecond(line.now());
  await line.tell.event({ callId, eventKey: `${leg.sid}:voicemail`, at, carrierWord: 'redirected', body: { kind: 'voicemail' } });
}
