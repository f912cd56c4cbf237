import { open } from 'node:fs/promises';
import type { RecordingPeaks } from '../../../app/ports/recording-storage.ts';
import { PeakCollector } from '../../../core/audio/peaks.ts';
import { readWavLayout, UnreadableWav } from '../../../core/audio/wav.ts';

const pieceBytes = 64 * 1024;
const headerBytes = 512;

/** Peaks of a PCM 16 bit WAV file of any length, holding 64 KB of it at a time. Throws UnreadableWav. */
export async function readWavPeaks(path: string, bucketCount: number): Promise<RecordingPeaks> {
  const handle = await open(path, 'r');
  try {
    const start = new Uint8Array(headerBytes);
    const { bytesRead } = await handle.read(start, 0, headerBytes, 0);
    const layout = readWavLayout(start.subarray(0, bytesRead));
    if (layout.encoding !== 'pcm16') throw new UnreadableWav('only PCM 16 bit is drawn');
    const frameBytes = layout.channels * 2;
    const { size } = await handle.stat();
    const frames = Math.floor(Math.min(layout.dataBytes, size - layout.dataOffset) / frameBytes);
    const collector = new PeakCollector(layout.channels, frames, bucketCount);
    const end = layout.dataOffset + frames * frameBytes;
    const piece = Buffer.alloc(pieceBytes - (pieceBytes % frameBytes));
    for (let position = layout.dataOffset; position < end;) {
      const read = await handle.read(piece, 0, Math.min(piece.length, end - position), position);
      const whole = read.bytesRead - (read.bytesRead % frameBytes);
      if (whole === 0) break;
      collector.add(Int16Array.from({ length: whole / 2 }, (_, index) => piece.readInt16LE(index * 2)));
      position += whole;
    }
    return { durationSeconds: frames / layout.sampleRate, channels: collector.channels };
  } finally {
    await handle.close();
  }
}
