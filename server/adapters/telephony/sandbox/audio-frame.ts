export const sampleRate = 8000;
export const frameMilliseconds = 20;
export const samplesPerFrame = (sampleRate * frameMilliseconds) / 1000;
export const framesPerSecond = 1000 / frameMilliseconds;

/** Twenty milliseconds of nothing; never written to. */
export const silentFrame: Int16Array = new Int16Array(samplesPerFrame);

/** How loud the sandbox's own tones are, 0..1 of full scale. */
export const toneAmplitude = 0.25;

/** One of a clip's frames, the last filled up with silence; null after its end. */
export function clipFrame(samples: Int16Array, index: number): Int16Array | null {
  const from = index * samplesPerFrame;
  if (from >= samples.length) return null;
  const frame = new Int16Array(samplesPerFrame);
  frame.set(samples.subarray(from, from + samplesPerFrame));
  return frame;
}
