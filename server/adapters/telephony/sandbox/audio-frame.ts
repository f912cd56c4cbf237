export const sampleRate = 8000;
export const frameMilliseconds = 20;
export const samplesPerFrame = (sampleRate * frameMilliseconds) / 1000;
export const framesPerSecond = 1000 / frameMilliseconds;

/** Twenty milliseconds of nothing; never written to. */
export const silentFrame: Int16Array = new Int16Array(samplesPerFrame);

/** How loud the sandbox's own tones are, 0..1 of full scale. */
export const toneAmplitude = 0.25;
