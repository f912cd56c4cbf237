import path from 'node:path';
import { playFile, stopFile } from './bridge.ts';
import type { Line } from './line.ts';
import type { Station } from './station.ts';

export type Sound = 'ringback' | 'hold' | 'greeting' | 'beep' | 'apology';

/** The keypad's keys as files are called. */
const keyNames: Readonly<Record<string, string>> = { '*': 'star', '#': 'hash' };

const fileOf = (line: Line, name: string): string => path.join(line.soundsFolder, `${name}.opus`);
/** A key's tone and the pause after it. */
export const keyMilliseconds = 180;

export async function startSound(line: Line, station: Station, at: { room: string; sound: Sound; loop: boolean }): Promise<void> {
  await playFile(station.control, { room: at.room, id: at.sound, file: fileOf(line, at.sound), loop: at.loop });
}

export async function stopSound(station: Station, at: { room: string; sound: Sound }): Promise<void> {
  await stopFile(station.control, { room: at.room, id: at.sound });
}

/** One key as sound, to everybody in the room. */
export async function playKey(line: Line, station: Station, at: { room: string; key: string; id: string }): Promise<void> {
  const file = fileOf(line, `key-${keyNames[at.key] ?? at.key}`);
  await playFile(station.control, { room: at.room, id: at.id, file, loop: false });
}
