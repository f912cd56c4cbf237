import type { RecordingPeaks } from '../../app/ports/recording-sound.ts';
import { PeakCollector } from '../../core/audio/peaks.ts';

/** Sound that is read piece by piece, so that no recording has to fit in memory. */
export interface Sound {
  channels: number;
  sampleRate: number;
  /** Samples of one channel. */
  frames: number;
  /** Interleaved by channel, whole frames only. */
  pieces: AsyncIterable<Int16Array>;
}

/** The waveform; `whileReading` gets each piece too, for who makes something else of it. */
export async function peaksOf(
  sound: Sound,
  bucketCount: number,
  whileReading: (piece: Int16Array) => Promise<void> = () => Promise.resolve(),
): Promise<RecordingPeaks> {
  const collector = new PeakCollector(sound.channels, sound.frames, bucketCount);
  for await (const piece of sound.pieces) {
    collector.add(piece);
    await whileReading(piece);
  }
  return { durationSeconds: sound.frames / sound.sampleRate, channels: collector.channels };
}
