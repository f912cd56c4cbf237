import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelDecibels, silenceDecibels, toneShare } from '../../server/core/audio/level.ts';
import { decodeMuLaw, decodeMuLawSample, encodeMuLaw, encodeMuLawSample } from '../../server/core/audio/mu-law.ts';
import { PeakCollector } from '../../server/core/audio/peaks.ts';
import { frequenciesOfDigit, ringbackTone, toneSamples } from '../../server/core/audio/tones.ts';
import { pcm16WavHeader, readWavLayout, UnreadableWav } from '../../server/core/audio/wav.ts';

const options = { sampleRate: 8000, amplitude: 0.5 };
const tone = (frequency: number, length: number): Int16Array =>
  toneSamples([{ frequenciesHertz: [frequency], milliseconds: 1000 }], 0, length, options);

describe('mu-law', () => {
  it('knows the values of G.711', () => {
    expect(encodeMuLawSample(0)).toBe(0xff);
    expect(encodeMuLawSample(32_767)).toBe(0x80);
    expect(encodeMuLawSample(-32_768)).toBe(0x00);
    expect(decodeMuLawSample(0x80)).toBe(32_124);
    expect(decodeMuLawSample(0x00)).toBe(-32_124);
  });

  it('gives every byte back, negative zero as zero', () => {
    for (let byte = 0; byte < 256; byte += 1) {
      const again = encodeMuLawSample(decodeMuLawSample(byte));
      expect(again).toBe(byte === 0x7f ? 0xff : byte);
    }
  });

  it('keeps each sample within its quantisation step', () => {
    fc.assert(
      fc.property(fc.integer({ min: -32_635, max: 32_635 }), (sample) => {
        const [heard] = decodeMuLaw(encodeMuLaw(Int16Array.of(sample)));
        expect(Math.abs((heard ?? 0) - sample)).toBeLessThanOrEqual(4 + Math.abs(sample) / 30);
      }),
    );
  });
});

describe('WAV', () => {
  it('reads its own header back', () => {
    expect(readWavLayout(pcm16WavHeader(2, 8000, 640))).toEqual({
      encoding: 'pcm16',
      channels: 2,
      sampleRate: 8000,
      dataOffset: 44,
      dataBytes: 640,
    });
  });

  it('refuses what is not a WAV file, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(() => readWavLayout(bytes)).toThrow(UnreadableWav);
      }),
    );
  });
});

describe('level', () => {
  it('calls silence silence and a half-scale sine -9 dBFS', () => {
    expect(levelDecibels(new Int16Array(160))).toBe(silenceDecibels);
    expect(levelDecibels(tone(1000, 8000))).toBeCloseTo(-9.03, 1);
  });

  it('finds a tone at its own frequency and nowhere else', () => {
    expect(toneShare(tone(440, 8000), 440, 8000)).toBeGreaterThan(0.99);
    expect(toneShare(tone(440, 8000), 880, 8000)).toBeLessThan(0.01);
  });
});

describe('tones', () => {
  it('rings for one second of five', () => {
    const samples = toneSamples(ringbackTone, 0, 40_000, options);
    expect(toneShare(samples.subarray(0, 8000), 425, 8000)).toBeGreaterThan(0.99);
    expect(levelDecibels(samples.subarray(8000))).toBe(silenceDecibels);
  });

  it('sounds the same in pieces', () => {
    const whole = toneSamples(ringbackTone, 0, 960, options);
    const pieces = [0, 160, 320, 480, 640, 800].map((from) => toneSamples(ringbackTone, from, 160, options));
    expect(pieces.flatMap((piece) => [...piece])).toEqual([...whole]);
  });

  it('has two frequencies for each key and none for others', () => {
    expect(Array.from('0123456789*#ABCD').map(frequenciesOfDigit).every(Boolean)).toBe(true);
    expect(frequenciesOfDigit('w')).toBeUndefined();
  });
});

describe('peaks', () => {
  it('are the same however the samples arrive, and each channel has its own', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -32_768, max: 32_767 }), { minLength: 2, maxLength: 400 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 64 }),
        (values, buckets, piece) => {
          const samples = Int16Array.from(values.slice(0, values.length - (values.length % 2)));
          const whole = new PeakCollector(2, samples.length / 2, buckets);
          whole.add(samples);
          const pieces = new PeakCollector(2, samples.length / 2, buckets);
          for (let at = 0; at < samples.length; at += piece * 2) pieces.add(samples.subarray(at, at + piece * 2));
          expect(pieces.channels).toEqual(whole.channels);
          const left = samples.filter((_, index) => index % 2 === 0);
          const highest = Math.max(...(whole.channels[0]?.maximum ?? []));
          expect(highest).toBe(Math.max(0, ...left.map((value) => value >> 8)));
        },
      ),
    );
  });
});
