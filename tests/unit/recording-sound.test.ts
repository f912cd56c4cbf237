import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { opusRecordings } from '../../server/adapters/sound/recording-sound.ts';
import type { StoredSound } from '../../server/app/ports/recording-sound.ts';
import { levelDecibels } from '../../server/core/audio/level.ts';
import { toneSamples } from '../../server/core/audio/tones.ts';
import { pcm16WavHeader, UnreadableWav } from '../../server/core/audio/wav.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { splitStereo } from '../support/wav-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'zagon-sound-test-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The rep's tone in the first half, the prospect's in the second. */
async function carrierFile(frames: number, sampleRate: number, claimedFrames = frames): Promise<string> {
  const tone = (hertz: number): Int16Array =>
    toneSamples([{ frequenciesHertz: [hertz], milliseconds: 1000 }], 0, frames, { sampleRate, amplitude: 0.4 });
  const [rep, prospect] = [tone(1000), tone(440)];
  const samples = Buffer.alloc(frames * 4);
  for (let frame = 0; frame < frames; frame += 1) {
    const side = frame < frames / 2 ? 0 : 1;
    samples.writeInt16LE((side === 0 ? rep : prospect)[frame] ?? 0, frame * 4 + side * 2);
  }
  const file = path.join(folder, 'from-carrier.wav');
  await writeFile(file, Buffer.concat([pcm16WavHeader(2, sampleRate, claimedFrames * 4), samples]));
  return file;
}

async function storedFrom(kept: { filePath: string; mimeType: string }): Promise<StoredSound> {
  const { size } = await stat(kept.filePath);
  return { mimeType: kept.mimeType, stream: createReadStream(kept.filePath), sizeBytes: size };
}

describe('a recording', () => {
  it.each([
    [8000, 31_999],
    // More packets than an Ogg page has places, to the last sample of one.
    [8000, 53_920],
    [8000, 160],
    [8000, 0],
    [16_000, 48_123],
  ])('at %i Hz of %i samples becomes Opus of the same length, an eighth as large, and WAV again', async (sampleRate, frames) => {
    const source = await carrierFile(frames, sampleRate);
    const kept = await opusRecordings.compress(source, 100);
    expect(kept.mimeType).toBe('audio/ogg');
    expect(kept.peaks.durationSeconds).toBe(frames / sampleRate);
    const wav = await opusRecordings.toWav(await storedFrom(kept));
    const bytes = await buffer(wav.stream);
    expect(bytes.length).toBe(wav.sizeBytes);
    const sides = splitStereo(bytes);
    expect([sides.sampleRate, sides.left.length]).toEqual([sampleRate, frames]);
    await kept.discard();
    await expect(stat(kept.filePath)).rejects.toThrow('ENOENT');
    await stat(source);
  });

  it('keeps each person on his own channel and at his own time', async () => {
    const kept = await opusRecordings.compress(await carrierFile(32_000, 8000), 4);
    expect((await stat(kept.filePath)).size).toBeLessThan((32_000 * 4) / 6);
    const { stream } = await opusRecordings.toWav(await storedFrom(kept));
    const { left, right } = splitStereo(await buffer(stream));
    const [spoken, silent] = [left.subarray(0, 15_500), left.subarray(16_500)];
    expect(toneSeconds(spoken, 1000, 8000)).toBeGreaterThan(1.7);
    expect(levelDecibels(silent)).toBeLessThan(-60);
    expect(levelDecibels(right.subarray(0, 15_500))).toBeLessThan(-60);
    expect(toneSeconds(right.subarray(16_500), 440, 8000)).toBeGreaterThan(1.7);
    const drawn = await opusRecordings.peaks(await storedFrom(kept), 4);
    expect(drawn.durationSeconds).toBe(4);
    for (const { channels } of [kept.peaks, drawn])
      expect(channels.map(({ maximum }) => [...maximum].map((peak) => peak > 30))).toEqual([
        [true, true, false, false],
        [false, false, true, true],
      ]);
    await kept.discard();
  });

  it('that breaks off is as long as what is there', async () => {
    const kept = await opusRecordings.compress(await carrierFile(8000, 8000, 80_000), 100);
    expect(kept.peaks.durationSeconds).toBe(1);
    await kept.discard();
  });

  it('at a rate that Opus does not have is kept as it came', async () => {
    const source = await carrierFile(11_025, 11_025);
    const kept = await opusRecordings.compress(source, 100);
    expect(kept).toMatchObject({ filePath: source, mimeType: 'audio/wav', peaks: { durationSeconds: 1 } });
    await kept.discard();
    await stat(source);
  });

  it('that is no sound is neither compressed nor drawn', async () => {
    const words = path.join(folder, 'words.wav');
    await writeFile(words, 'no sound at all '.repeat(100));
    await expect(opusRecordings.compress(words, 4)).rejects.toThrow(UnreadableWav);
    for (const mimeType of ['audio/wav', 'audio/ogg'])
      await expect(opusRecordings.peaks(await storedFrom({ filePath: words, mimeType }), 4)).rejects.toThrow(UnreadableWav);
  });
});
