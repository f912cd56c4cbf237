import { clipFile, clipSampleRate } from '../../server/core/audio/clip.ts';
import { toneSamples } from '../../server/core/audio/tones.ts';

/** A clip of one steady tone. */
export function toneClip(hertz: number, seconds: number): Uint8Array {
  const pattern = [{ frequenciesHertz: [hertz], milliseconds: 1000 }];
  return clipFile(toneSamples(pattern, 0, seconds * clipSampleRate, { sampleRate: clipSampleRate, amplitude: 0.4 }));
}
