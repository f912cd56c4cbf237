const testToneSeconds = 1.2;
/** Long enough to tell one's own voice from its echo. */
const echoDelaySeconds = 1;

/** Where the rep hears: the prospect, the test tone and his own voice in the echo check, all on the chosen device. */
export class Speaker {
  readonly #line = document.createElement('audio');
  readonly #check = document.createElement('audio');
  readonly #onBlocked: () => void;
  #stopCheck: (() => void) | null = null;

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
    await Promise.all([this.#line, this.#check].map((element) => element.setSinkId(deviceId ?? '')));
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

  stopCheck(): void {
    this.#stopCheck?.();
    this.#stopCheck = null;
    this.#check.srcObject = null;
  }

  stop(): void {
    this.stopCheck();
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
