/** What the level of digital silence is called, in dBFS. */
export const silenceDecibels = -100;

/** Loudness of samples in dBFS: 0 is a full-scale square wave, `silenceDecibels` the floor. */
export function levelDecibels(samples: Int16Array): number {
  if (samples.length === 0) return silenceDecibels;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  const rms = Math.sqrt(sum / samples.length) / 32_768;
  return rms === 0 ? silenceDecibels : Math.max(silenceDecibels, 20 * Math.log10(rms));
}

/**
 * Share (0..1) of the samples' energy that lies at one frequency, by Goertzel's algorithm.
 * A pure tone gives about 1, speech or another tone close to 0.
 */
export function toneShare(samples: Int16Array, frequencyHertz: number, sampleRate: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequencyHertz) / sampleRate);
  let previous = 0;
  let beforePrevious = 0;
  let energy = 0;
  for (const sample of samples) {
    const current = sample + coefficient * previous - beforePrevious;
    beforePrevious = previous;
    previous = current;
    energy += sample * sample;
  }
  if (energy === 0) return 0;
  const power = previous ** 2 + beforePrevious ** 2 - coefficient * previous * beforePrevious;
  return Math.min(1, (2 * power) / (samples.length * energy));
}
