import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LegChange } from '../../../app/ports/carrier-legs.ts';
import type { Announcement } from '../../../app/ports/telephony.ts';
import type { CarrierEventBody } from '../../../core/calls/carrier-event.ts';
import { readClip } from '../../../core/audio/clip.ts';
import { callRoom, changeRoom, openRoom, whoIsIn } from './bridge.ts';
import type { CallEnds, CallPhase } from './call-parts.ts';
import { speakClip } from './clip-player.ts';
import { inBackground, type Line } from './line.ts';
import type { Station } from './station.ts';

/** What an announcement needs of a call. */
interface ToldCall {
  readonly callId: number;
  readonly station: Station;
  readonly ends: CallEnds | null;
  readonly phase: CallPhase;
  readonly repId: number | null;
  readonly name: string;
  readonly room: string;
  readonly isUntold: boolean;
  isAnnouncing: boolean;
  tell(body: CarrierEventBody, carrierWord: string): Promise<void>;
  /** He has heard it, and is recorded from now on. */
  announced(): Promise<void>;
}

/** What the network still carries when the last word is sent. */
const lastWordsMilliseconds = 300;

const fileOf = (line: Line, callId: number): string => path.join(line.recordingsFolder, `call-${callId}.announcement.wav`);

/** Lays down what a call's prospect is to hear, so that also a process that only finds the call can say it. Answers what its leg remembers. */
export async function layAnnouncement(
  line: Line,
  callId: number,
  announcement: Announcement | null | undefined,
): Promise<Pick<LegChange, 'announcement' | 'announcementClipId' | 'announcementSeconds'>> {
  if (!announcement) return {};
  const isOwn = announcement === 'ownWords';
  const wav = isOwn ? await readFile(path.join(line.soundsFolder, 'announcement.wav')) : announcement.wav;
  const { durationSeconds } = readClip(wav);
  await mkdir(line.recordingsFolder, { recursive: true });
  await writeFile(fileOf(line, callId), wav);
  return { announcement: 'due', announcementClipId: isOwn ? null : announcement.id, announcementSeconds: durationSeconds };
}

/** It was said, or there is nobody to say it to. */
export async function dropAnnouncement(line: Line, callId: number): Promise<void> {
  await rm(fileOf(line, callId), { force: true });
}

/** Tells the prospect, in a room where nobody else is, that he will be recorded; then he is, and comes to his rep. */
export function announce(line: Line, call: ToldCall): void {
  if (!call.isUntold || call.isAnnouncing || call.phase !== 'answered' || call.repId === null) return;
  call.isAnnouncing = true;
  inBackground(line, { callId: call.callId }, 'an answered call is not recorded: its announcement could not be made', tell(line, call));
}

async function tell(line: Line, call: ToldCall): Promise<void> {
  const { callId, station } = call;
  const room = callRoom(callId);
  const isOver = (): boolean => call.phase !== 'answered';
  try {
    const { samples, durationSeconds } = readClip(await readFile(fileOf(line, callId)));
    await call.tell({ kind: 'announcementStarted', seconds: durationSeconds }, 'announcement');
    await openRoom(station.control, room);
    if (!(await whoIsIn(station.control, room)).has(call.name)) await move(call, room);
    await speakClip(station, room, samples, isOver);
    await new Promise((resolve) => setTimeout(resolve, lastWordsMilliseconds));
    if (isOver()) return;
    await call.announced();
    await move(call, call.room);
    await dropAnnouncement(line, callId);
  } catch (error) {
    // He hung up under our hands: there is nobody to tell.
    if (!isOver()) throw error;
  }
}

async function move(call: ToldCall, room: string): Promise<void> {
  if (call.ends) await changeRoom(call.ends.bridge, { room, id: call.name });
}
