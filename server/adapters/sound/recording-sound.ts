import { createReadStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { keptTypes, type KeptSound, type RecordingPeaks, type RecordingSound, type StoredSound } from '../../app/ports/recording-sound.ts';
import { pcm16WavHeader, wavHeaderBytes } from '../../core/audio/wav.ts';
import type { OpusRate } from './opus-sound.ts';
import { peaksOf, type Sound } from './sound.ts';
import { wavSound } from './wav-sound.ts';

/** The codec is read with the first recording, not at each start. */
const opus = () => import('./opus-sound.ts');

async function openWav(wavPath: string): Promise<Sound> {
  const { size } = await stat(wavPath);
  return wavSound(createReadStream(wavPath), size);
}

async function openStored({ mimeType, stream, sizeBytes }: StoredSound): Promise<Sound> {
  return mimeType === keptTypes.opus ? (await opus()).opusSound(await buffer(stream)) : wavSound(stream, sizeBytes);
}

async function compress(wavPath: string, bucketCount: number): Promise<KeptSound> {
  const sound = await openWav(wavPath);
  const sampleRate = (await opus()).opusRateOf(sound.sampleRate);
  // A carrier with a rate of its own is kept as it is rather than resampled.
  if (sampleRate === null || sound.channels > 2)
    return { filePath: wavPath, mimeType: keptTypes.wav, peaks: await peaksOf(sound, bucketCount), discard: () => Promise.resolve() };
  const folder = await mkdtemp(path.join(tmpdir(), 'zagon-sound-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const filePath = path.join(folder, 'recording.ogg');
  try {
    const peaks = await writeOpus(filePath, sound, { sampleRate, bucketCount });
    await checkLength(filePath, sound);
    return { filePath, mimeType: keptTypes.opus, peaks, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}

async function writeOpus(filePath: string, sound: Sound, how: { sampleRate: OpusRate; bucketCount: number }): Promise<RecordingPeaks> {
  const { OpusWriter } = await opus();
  const writer = new OpusWriter(filePath, { channels: sound.channels, sampleRate: how.sampleRate });
  try {
    await writer.start();
    const peaks = await peaksOf(sound, how.bucketCount, (piece) => writer.add(piece));
    await writer.finish();
    return peaks;
  } catch (error) {
    await writer.cancel();
    throw error;
  }
}

/** Decodes it whole: what was lost on the way is noticed while the carrier's file is still there. */
async function checkLength(filePath: string, { frames, channels }: Sound): Promise<void> {
  const { opusSound } = await opus();
  const written = await opusSound(await readFile(filePath));
  let heard = 0;
  for await (const piece of written.pieces) heard += piece.length / channels;
  if (heard !== frames || written.channels !== channels) throw new Error(`${heard} of ${frames} samples are in the compressed recording`);
}

async function toWav(stored: StoredSound): Promise<{ sizeBytes: number; stream: Readable }> {
  const { channels, sampleRate, frames, pieces } = await openStored(stored);
  const dataBytes = frames * channels * 2;
  const bytes = async function* (): AsyncGenerator<Uint8Array> {
    yield pcm16WavHeader(channels, sampleRate, dataBytes);
    for await (const { buffer: samples, byteOffset, byteLength } of pieces) yield new Uint8Array(samples, byteOffset, byteLength);
  };
  return { sizeBytes: wavHeaderBytes + dataBytes, stream: Readable.from(bytes(), { objectMode: false }) };
}

/** Recordings kept as Opus. */
export const opusRecordings: RecordingSound = {
  compress,
  peaks: async (stored, bucketCount) => peaksOf(await openStored(stored), bucketCount),
  toWav,
};
