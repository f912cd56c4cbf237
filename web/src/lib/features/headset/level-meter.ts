/** What the meter shows for silence, in dBFS. */
export const silenceDecibels = -100;

/** An eye sees no more of a meter, and one that moves with every frame of the screen keeps a laptop warm through the whole shift. */
const measureEveryMilliseconds = 80;

/** A syllable: over a longer piece a short word would be mixed with the silence around it. */
const pieceSamples = 1024;

/** The mean power of the loudest piece. */
function loudestPower(samples: Float32Array): number {
  let loudest = 0;
  for (let start = 0; start < samples.length; start += pieceSamples) {
    const piece = samples.subarray(start, start + pieceSamples);
    loudest = Math.max(loudest, piece.reduce((sum, sample) => sum + sample * sample, 0) / piece.length);
  }
  return loudest;
}

/** Measures a microphone, a dozen times a second: its loudest piece since the last look. */
export class LevelMeter {
  readonly #onLevel: (decibels: number) => void;
  #source: MediaStreamAudioSourceNode | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(onLevel: (decibels: number) => void) {
    this.#onLevel = onLevel;
  }

  /** Measures this stream from now on, instead of the one before. */
  watch(context: AudioContext, stream: MediaStream): void {
    this.stop();
    const source = context.createMediaStreamSource(stream);
    const analyser = context.createAnalyser();
    // As long as the pause between two looks: no sound falls between them.
    analyser.fftSize = 4096;
    source.connect(analyser);
    this.#source = source;
    const samples = new Float32Array(analyser.fftSize);
    const measure = (): void => {
      analyser.getFloatTimeDomainData(samples);
      const power = loudestPower(samples);
      this.#onLevel(power === 0 ? silenceDecibels : Math.max(silenceDecibels, 10 * Math.log10(power)));
    };
    measure();
    this.#timer = setInterval(measure, measureEveryMilliseconds);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#source?.disconnect();
    this.#timer = null;
    this.#source = null;
  }
}
