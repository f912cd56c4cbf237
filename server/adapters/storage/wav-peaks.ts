import type { RecordingPeaks } from '../../app/ports/recording-storage.ts';
import { PeakCollector } from '../../core/audio/peaks.ts';
import { readWavLayout, UnreadableWav, type WavLayout } from '../../core/audio/wav.ts';

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
  if (layout.encoding !== 'pcm16') throw new UnreadableWav('only PCM 16 bit is drawn');
  return layout;
}

/**
 * Peaks of a PCM 16 bit WAV of any length, holding one piece of it at a time.
 * @param bytes the file from its first byte on
 * @param sizeBytes of the whole file: a header may claim more than there is
 * @throws UnreadableWav
 */
export async function readWavPeaks(bytes: AsyncIterable<Buffer>, sizeBytes: number, bucketCount: number): Promise<RecordingPeaks> {
  const pieces = bytes[Symbol.asyncIterator]();
  try {
    const start = await readHeader(pieces);
    const layout = layoutOf(start);
    const frameBytes = layout.channels * 2;
    const frames = Math.floor(Math.min(layout.dataBytes, sizeBytes - layout.dataOffset) / frameBytes);
    const collector = new PeakCollector(layout.channels, frames, bucketCount);
    let rest = start.subarray(layout.dataOffset);
    for (;;) {
      const whole = rest.length - (rest.length % frameBytes);
      const samples = rest.subarray(0, whole);
      collector.add(Int16Array.from({ length: whole / 2 }, (_, index) => samples.readInt16LE(index * 2)));
      const next = await pieces.next();
      if (next.done === true) break;
      rest = Buffer.concat([rest.subarray(whole), next.value]);
    }
    return { durationSeconds: frames / layout.sampleRate, channels: collector.channels };
  } finally {
    // A file that turns out to be no sound is let go at once, not read to its end.
    await pieces.return?.();
  }
}
