import { open } from 'node:fs/promises';
import type { AnsweredBy } from '../../../core/calls/carrier-event.ts';
import { WhoAnswered } from '../../../core/audio/who-answered.ts';
import type { Line } from './line.ts';
import { readMjr, sampleRate } from './mjr.ts';
import { prospectSide, sidesOf } from './recording-file.ts';

const lookMilliseconds = 200;
const longestSeconds = 6;
/** Janus writes what it heard about half a second late. */
const writeDelaySeconds = 0.6;
/** The first seconds of a call, with room to spare. */
const mostBytes = 128 * 1024;

/** Hears the first seconds of the far side, as they are being recorded; null when the call ended before anything could be told. */
export async function listenForWhoAnswered(
  line: Line,
  call: { callId: number; answeredAt: Date; isOver: () => boolean },
): Promise<AnsweredBy | null> {
  const file = prospectSide(sidesOf(line.recordingsFolder, call.callId));
  const judge = new WhoAnswered(sampleRate);
  let heard = 0;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
    if (call.isOver()) return null;
    const passed = (line.now().getTime() - call.answeredAt.getTime()) / 1000;
    const upTo = Math.floor((passed - writeDelaySeconds) * sampleRate);
    if (upTo <= heard) continue;
    const verdict = judge.hear(await soundBetween(file, call.answeredAt, heard, upTo));
    if (verdict) return verdict;
    heard = upTo;
    if (passed > longestSeconds) return 'unknown';
  }
}

/** What came between two instants, in samples since the answer; where nothing came it is silent. */
async function soundBetween(file: string, answeredAt: Date, from: number, to: number): Promise<Int16Array> {
  const sound = new Int16Array(to - from);
  const side = await readStart(file);
  if (!side) return sound;
  const offset = Math.round(((side.firstAt.getTime() - answeredAt.getTime()) / 1000) * sampleRate) - from;
  for (const { at, payload } of side.packets) {
    const start = at + offset;
    if (start + payload.length <= 0 || start >= sound.length) continue;
    for (const [index, sample] of side.decode(payload).entries()) sound[start + index] = sample;
  }
  return sound;
}

async function readStart(file: string): Promise<ReturnType<typeof readMjr>> {
  try {
    const handle = await open(file, 'r');
    try {
      const buffer = Buffer.alloc(mostBytes);
      const { bytesRead } = await handle.read(buffer, 0, mostBytes, 0);
      return bytesRead === 0 ? null : readMjr(buffer.subarray(0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
