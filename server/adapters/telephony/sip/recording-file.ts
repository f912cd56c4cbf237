import { mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { pcm16WavHeader, wavHeaderBytes } from '../../../core/audio/wav.ts';
import { readMjr, sampleRate, type RecordedSide } from './mjr.ts';

const channels = 2;

/** Where Janus writes the two sides of a call, without the ends that it adds. */
export const sidesOf = (folder: string, callId: number): string => path.join(folder, `call-${callId}`);
/** What Janus hears from us, and from the carrier. */
export const repSide = (base: string): string => `${base}-user-audio.mjr`;
export const prospectSide = (base: string): string => `${base}-peer-audio.mjr`;

async function readSide(file: string): Promise<RecordedSide | null> {
  try {
    return readMjr(await readFile(file));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

/** Both sides as far as they are there; null when nothing was recorded. */
export async function readSides(base: string): Promise<{ rep: RecordedSide | null; prospect: RecordedSide | null } | null> {
  const [rep, prospect] = await Promise.all([readSide(repSide(base)), readSide(prospectSide(base))]);
  return rep || prospect ? { rep, prospect } : null;
}

/**
 * Writes a call as we keep recordings: left the rep, right the prospect, each packet at its own instant, from the answer to the end.
 * The file has its name only when it is whole and on the disk. Answers its duration in seconds.
 */
export async function writeStereo(
  filePath: string,
  sides: { rep: RecordedSide | null; prospect: RecordedSide | null },
  span: { from: Date; to: Date },
): Promise<number> {
  const frames = Math.max(0, Math.round(((span.to.getTime() - span.from.getTime()) / 1000) * sampleRate));
  await mkdir(path.dirname(filePath), { recursive: true });
  const growing = `${filePath}.growing`;
  const handle = await open(growing, 'w');
  try {
    await handle.write(pcm16WavHeader(channels, sampleRate, frames * channels * 2));
    const readers = [sides.rep, sides.prospect].map((side) => new SideReader(side, span.from));
    for (let from = 0; from < frames; from += sampleRate) {
      const count = Math.min(sampleRate, frames - from);
      const second = new Int16Array(count * channels);
      for (const [channel, reader] of readers.entries()) reader.fill(second, channel, from);
      await handle.write(new Uint8Array(second.buffer), 0, second.byteLength, wavHeaderBytes + from * channels * 2);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(growing, filePath);
  return frames / sampleRate;
}

/** Lays the packets of one side into one stretch after the other. */
class SideReader {
  readonly #side: RecordedSide | null;
  /** Where the side's first packet lies. */
  readonly #offset: number;
  #next = 0;

  constructor(side: RecordedSide | null, from: Date) {
    this.#side = side;
    this.#offset = side ? Math.round(((side.firstAt.getTime() - from.getTime()) / 1000) * sampleRate) : 0;
  }

  fill(interleaved: Int16Array, channel: number, from: number): void {
    if (!this.#side) return;
    const to = from + interleaved.length / channels;
    for (; this.#next < this.#side.packets.length; this.#next += 1) {
      const packet = this.#side.packets[this.#next];
      if (!packet || packet.at + this.#offset >= to) return;
      const samples = this.#side.decode(packet.payload);
      const at = packet.at + this.#offset;
      for (const [index, sample] of samples.entries()) {
        const frame = at + index - from;
        if (frame >= 0 && at + index < to) interleaved[frame * channels + channel] = sample;
      }
      // The packet goes on in the next stretch.
      if (at + samples.length > to) return;
    }
  }
}
