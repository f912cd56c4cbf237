import { readWavLayout, UnreadableWav, type WavLayout } from '../../core/audio/wav.ts';
import type { Sound } from './sound.ts';

/** More than any header that a carrier was seen to write. */
const headerBytes = 512;

/** Gathers at least `headerBytes` from the front, or all there is, and leaves the rest to be read on. */
async function readHeader(pieces: AsyncIterator<Buffer>): Promise<Buffer> {
  let start = Buffer.alloc(0);
  while (start.length < headerBytes) {
    const next = await pieces.next();
    if (next.done === true) break;
    start = Buffer.concat([start, next.value]);
  }
  return start;
}

function layoutOf(start: Buffer): WavLayout {
  const layout = readWavLayout(start.subarray(0, headerBytes));
  if (layout.encoding !== 'pcm16') throw new UnreadableWav('only PCM 16 bit is read');
  return layout;
}

/**
 * A PCM 16 bit WAV of any length, holding one piece of it at a time.
 * @param bytes the file from its first byte on
 * @param sizeBytes of the whole file: a header may claim more than there is
 * @throws UnreadableWav
 */
export async function wavSound(bytes: AsyncIterable<Buffer>, sizeBytes: number): Promise<Sound> {
  const pieces = bytes[Symbol.asyncIterator]();
  try {
    const start = await readHeader(pieces);
    const { channels, sampleRate, dataBytes, dataOffset } = layoutOf(start);
    const frames = Math.floor(Math.min(dataBytes, sizeBytes - dataOffset) / (channels * 2));
    return { channels, sampleRate, frames, pieces: wholeFrames(pieces, start.subarray(dataOffset), { channels, frames }) };
  } catch (error) {
    // A file that turns out to be no sound is let go at once, not read to its end.
    await pieces.return?.();
    throw error;
  }
}

/** What follows the header, cut where frames end and after the last of them. */
async function* wholeFrames(
  pieces: AsyncIterator<Buffer>,
  start: Buffer,
  { channels, frames }: Pick<Sound, 'channels' | 'frames'>,
): AsyncGenerator<Int16Array> {
  const frameBytes = channels * 2;
  let left = frames * frameBytes;
  try {
    for (let rest = start; left > 0;) {
      const whole = Math.min(left, rest.length - (rest.length % frameBytes));
      left -= whole;
      const samples = rest.subarray(0, whole);
      yield Int16Array.from({ length: whole / 2 }, (_, index) => samples.readInt16LE(index * 2));
      const next = await pieces.next();
      if (next.done === true) return;
      rest = Buffer.concat([rest.subarray(whole), next.value]);
    }
  } finally {
    await pieces.return?.();
  }
}
