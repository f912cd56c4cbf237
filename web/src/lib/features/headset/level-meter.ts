/** What the meter shows for silence, in dBFS. */
export const silenceDecibels = -100;

/** Measures a microphone for as long as the page is visible, once a frame of the screen. */
export class LevelMeter {
  readonly #onLevel: (decibels: number) => void;
  #source: MediaStreamAudioSourceNode | null = null;
  #frame: number | null = null;

  constructor(onLevel: (decibels: number) => void) {
    this.#onLevel = onLevel;
  }

  /** Measures this stream from now on, instead of the one before. */
  watch(context: AudioContext, stream: MediaStream): void {
    this.stop();
    const source = context.createMediaStreamSource(stream);
    const analyser = context.createAnalyser();
    analyser.fftSize = 1024;
    source.connect(analyser);
    this.#source = source;
    const samples = new Float32Array(analyser.fftSize);
    const measure = (): void => {
      analyser.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      this.#onLevel(power === 0 ? silenceDecibels : Math.max(silenceDecibels, 10 * Math.log10(power)));
      this.#frame = requestAnimationFrame(measure);
    };
    measure();
  }

  stop(): void {
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#source?.disconnect();
    this.#frame = null;
    this.#source = null;
  }
}
