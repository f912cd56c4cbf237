const testToneSeconds = 1.2;
/** Long enough to tell one's own voice from its echo. */
const echoDelaySeconds = 1;

const ringHertz = [440, 480];
const ringEverySeconds = 3;
/** Ten minutes: no caller waits longer. */
const longestRings = 200;

/** Where the rep hears: the prospect, an arriving call, the test tone and his own voice in the echo check, all on the chosen device. */
export class Speaker {
  readonly #line = document.createElement('audio');
  readonly #check = document.createElement('audio');
  readonly #ring = document.createElement('audio');
  readonly #onBlocked: () => void;
  #stopCheck: (() => void) | null = null;
  #stopRing: (() => void) | null = null;

  /** `onBlocked` is told when the browser refuses to play before the user has clicked anywhere. */
  constructor(onBlocked: () => void) {
    this.#onBlocked = onBlocked;
  }

  get canChoose(): boolean {
    return 'setSinkId' in this.#line;
  }

  /** Plays to this device, null for the system's choice. Rejects when the device is gone. */
  async choose(deviceId: string | null): Promise<void> {
    if (!this.canChoose) return;
    await Promise.all([this.#line, this.#check, this.#ring].map((element) => element.setSinkId(deviceId ?? '')));
  }

  async play(stream: MediaStream): Promise<void> {
    this.#line.srcObject = stream;
    await this.resume();
  }

  /** Tries again after a click, when playing was blocked. Answers whether it plays now. */
  async resume(): Promise<boolean> {
    return this.#start(this.#line);
  }

  async playTestTone(context: AudioContext): Promise<void> {
    this.stopCheck();
    const output = context.createMediaStreamDestination();
    const oscillator = context.createOscillator();
    const volume = context.createGain();
    volume.gain.value = 0.2;
    oscillator.frequency.setValueAtTime(440, context.currentTime);
    oscillator.frequency.setValueAtTime(660, context.currentTime + testToneSeconds / 2);
    oscillator.connect(volume).connect(output);
    oscillator.onended = () => this.stopCheck();
    this.#stopCheck = () => {
      oscillator.onended = null;
      oscillator.disconnect();
    };
    this.#check.srcObject = output.stream;
    await this.#start(this.#check);
    oscillator.start();
    oscillator.stop(context.currentTime + testToneSeconds);
  }

  /** Lets the rep hear himself a second later, until `stopCheck`. */
  async startEcho(context: AudioContext, microphone: MediaStream): Promise<void> {
    this.stopCheck();
    const source = context.createMediaStreamSource(microphone);
    const delay = context.createDelay(echoDelaySeconds);
    delay.delayTime.value = echoDelaySeconds;
    const output = context.createMediaStreamDestination();
    source.connect(delay).connect(output);
    this.#stopCheck = () => source.disconnect();
    this.#check.srcObject = output.stream;
    await this.#start(this.#check);
  }

  /** Rings until `stopRing`: two tones for a second, then two seconds of silence, again and again. */
  async startRing(context: AudioContext): Promise<void> {
    this.stopRing();
    const output = context.createMediaStreamDestination();
    const tones = ringHertz.map((hertz) => new OscillatorNode(context, { frequency: hertz }));
    const volume = new GainNode(context, { gain: 0 });
    for (let ring = 0; ring < longestRings; ring += 1) {
      volume.gain.setValueAtTime(0.12, context.currentTime + ring * ringEverySeconds);
      volume.gain.setValueAtTime(0, context.currentTime + ring * ringEverySeconds + 1);
    }
    for (const tone of tones) tone.connect(volume).connect(output);
    this.#stopRing = () => {
      for (const tone of tones) tone.disconnect();
    };
    this.#ring.srcObject = output.stream;
    for (const tone of tones) tone.start();
    await this.#start(this.#ring);
  }

  stopRing(): void {
    this.#stopRing?.();
    this.#stopRing = null;
    this.#ring.srcObject = null;
  }

  stopCheck(): void {
    this.#stopCheck?.();
    this.#stopCheck = null;
    this.#check.srcObject = null;
  }

  stop(): void {
    this.stopCheck();
    this.stopRing();
    this.#line.srcObject = null;
  }

  async #start(element: HTMLAudioElement): Promise<boolean> {
    if (element.srcObject === null) return false;
    try {
      await element.play();
      return true;
    } catch (error) {
      // A newer source interrupts an older play(); only a refusal by the browser's policy concerns the user.
      if (error instanceof DOMException && error.name === 'AbortError') return false;
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') throw error;
      this.#onBlocked();
      return false;
    }
  }
}
