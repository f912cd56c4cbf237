import { holdMusic, ringbackTone, toneSamples, type ToneSegment } from '../../../core/audio/tones.ts';
import { pcm16WavHeader } from '../../../core/audio/wav.ts';

export const soundNames = ['hold', 'ringing', 'beep'] as const;
export type SoundName = (typeof soundNames)[number];

const sampleRate = 8000;
const sounds: Readonly<Record<SoundName, { pattern: readonly ToneSegment[]; seconds: number }>> = {
  hold: { pattern: holdMusic, seconds: 8 },
  ringing: { pattern: ringbackTone, seconds: 5 },
  beep: { pattern: [{ frequenciesHertz: [1000], milliseconds: 400 }], seconds: 0.4 },
};

/** A sound that Twilio plays, as a WAV file. It holds nothing of anybody. */
export function soundFile(name: SoundName): Buffer {
  const { pattern, seconds } = sounds[name];
  const data = Buffer.from(toneSamples(pattern, 0, sampleRate * seconds, { sampleRate, amplitude: 0.15 }).buffer);
  return Buffer.concat([pcm16WavHeader(1, sampleRate, data.length), data]);
}
