import { DeviceMemory, listDevices } from './device-memory.ts';
import { emptySnapshot, type HeadsetSignalling, type HeadsetSnapshot } from './headset-state.ts';
import { LevelMeter } from './level-meter.ts';
import { qualityBetween, type LineCounters } from './line-quality.ts';
import { openMicrophone } from './microphone.ts';
import { PeerLink } from './peer-link.ts';
import { Speaker } from './speaker.ts';

const qualityMilliseconds = 1000;
const firstRetryMilliseconds = 500;
const longestRetryMilliseconds = 15_000;
/** What the browser takes as the user's leave to play sound. */
const gestures = ['pointerdown', 'keydown'] as const;
/** The server's line must be up within this; after it the attempt counts as failed. */
const connectMilliseconds = 10_000;

export interface HeadsetLineOptions {
  signalling: HeadsetSignalling;
  onChange: (snapshot: HeadsetSnapshot) => void;
  /** The microphone's loudness in dBFS, many times a second. */
  onLevel: (decibels: number) => void;
  /** The browser's echo and noise suppression; on unless a headset does it better. */
  microphoneProcessing?: boolean;
}

/**
 * The rep's headset in the browser: microphone, speaker and the line to the server, which stays up through the shift and
 * is restored by itself. Knows nothing of calls.
 */
export class HeadsetLine {
  readonly #options: HeadsetLineOptions;
  readonly #memory = new DeviceMemory(window.localStorage);
  readonly #meter: LevelMeter;
  readonly #speaker: Speaker;
  #context: AudioContext | null = null;
  #microphone: { stream: MediaStream; track: MediaStreamTrack } | null = null;
  #link: PeerLink | null = null;
  #counters: LineCounters | null = null;
  #qualityTimer: ReturnType<typeof setInterval> | undefined;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #connectTimer: ReturnType<typeof setTimeout> | undefined;
  #retries = 0;
  /** Rises with each start and stop: what an older one still waits for no longer matters. */
  #generation = 0;
  #snapshot: HeadsetSnapshot;

  constructor(options: HeadsetLineOptions) {
    this.#options = options;
    this.#meter = new LevelMeter(options.onLevel);
    this.#speaker = new Speaker(() => this.#change({ problem: 'playbackBlocked' }));
    this.#snapshot = {
      ...emptySnapshot,
      microphoneId: this.#memory.microphoneId,
      speakerId: this.#memory.speakerId,
      canChooseSpeaker: this.#speaker.canChoose,
    };
  }

  get snapshot(): HeadsetSnapshot {
    return this.#snapshot;
  }

  /** Asks for the microphone and brings the line up. Not from a click, sound may wait for the first key or click. */
  async start(): Promise<void> {
    this.stop();
    const generation = this.#generation;
    this.#context = new AudioContext();
    if (window.isSecureContext) navigator.mediaDevices.addEventListener('devicechange', this.#onDeviceChange);
    for (const gesture of gestures) window.addEventListener(gesture, this.#onGesture);
    if (!(await this.#takeMicrophone(generation))) return;
    await this.#applySpeaker();
    this.#qualityTimer = setInterval(() => void this.#measure(), qualityMilliseconds);
    await this.#connect();
  }

  /** Lets go of the microphone and the line. */
  stop(): void {
    this.#generation += 1;
    clearInterval(this.#qualityTimer);
    this.#dropLink();
    this.#meter.stop();
    this.#speaker.stop();
    this.#releaseMicrophone();
    void this.#context?.close();
    this.#context = null;
    if (window.isSecureContext) navigator.mediaDevices.removeEventListener('devicechange', this.#onDeviceChange);
    for (const gesture of gestures) window.removeEventListener(gesture, this.#onGesture);
    this.#change({ state: 'none', problem: null, isEchoChecking: false, quality: null });
  }

  /** Tries at once instead of waiting for the next retry: the caller knows that the network is back. */
  async reconnect(): Promise<void> {
    if (!this.#microphone) return;
    this.#retries = 0;
    await this.#connect();
  }

  /** Silence towards the server at the source, besides the mute that the server does. */
  setMuted(isMuted: boolean): void {
    if (this.#microphone) this.#microphone.track.enabled = !isMuted;
    this.#change({ isMuted });
  }

  async chooseMicrophone(id: string | null): Promise<void> {
    this.#memory.microphoneId = id;
    this.#change({ microphoneId: id });
    if (this.#microphone) await this.#takeMicrophone(this.#generation);
  }

  async chooseSpeaker(id: string | null): Promise<void> {
    this.#memory.speakerId = id;
    this.#change({ speakerId: id });
    await this.#applySpeaker();
  }

  async playTestTone(): Promise<void> {
    this.#change({ isEchoChecking: false });
    if (this.#context) await this.#speaker.playTestTone(this.#context);
  }

  /** Rings in the chosen output while a call waits for him; without a line there is nothing to ring with. */
  async ring(isOn: boolean): Promise<void> {
    if (!isOn) this.#speaker.stopRing();
    else if (this.#context) await this.#speaker.startRing(this.#context);
  }

  /** Lets the rep hear his own microphone with a delay. */
  async startEchoCheck(): Promise<void> {
    if (!this.#context || !this.#microphone) return;
    this.#change({ isEchoChecking: true });
    await this.#speaker.startEcho(this.#context, this.#microphone.stream);
  }

  stopEchoCheck(): void {
    this.#speaker.stopCheck();
    this.#change({ isEchoChecking: false });
  }

  /** For a button, when the problem is `playbackBlocked`. */
  async resumeSound(): Promise<void> {
    await this.#context?.resume();
    if (await this.#speaker.resume()) this.#change({ problem: null });
  }

  async #takeMicrophone(generation: number): Promise<boolean> {
    if (!this.#microphone) this.#change({ state: 'asking', problem: null });
    const processing = this.#options.microphoneProcessing ?? true;
    const outcome = await openMicrophone(this.#memory.microphoneId, processing);
    if (generation !== this.#generation) {
      if (outcome.kind === 'given') outcome.track.stop();
      return false;
    }
    this.#releaseMicrophone();
    if (outcome.kind === 'refused') {
      this.#dropLink();
      this.#meter.stop();
      this.#change({ state: outcome.state, problem: outcome.problem, quality: null });
      return false;
    }
    const { stream, track } = outcome;
    track.enabled = !this.#snapshot.isMuted;
    // Unplugged in mid-shift: whatever microphone is left takes over.
    track.onended = () => void this.#takeMicrophone(generation);
    this.#microphone = { stream, track };
    if (this.#context) this.#meter.watch(this.#context, stream);
    await this.#link?.replaceTrack(track);
    await this.#refreshDevices();
    return true;
  }

  async #connect(): Promise<void> {
    const microphone = this.#microphone;
    if (!microphone) return;
    this.#dropLink();
    this.#change({ state: this.#retries === 0 ? 'connecting' : 'interrupted' });
    const link = new PeerLink({
      signalling: this.#options.signalling,
      onConnected: () => {
        clearTimeout(this.#connectTimer);
        this.#retries = 0;
        this.#change({ state: 'connected' });
      },
      onSound: (stream) => void this.#speaker.play(stream),
      onLost: () => this.#retryLater(),
    });
    this.#link = link;
    this.#connectTimer = setTimeout(() => this.#retryLater(), connectMilliseconds);
    try {
      await link.connect(microphone.track, microphone.stream);
    } catch (error) {
      if (this.#link !== link) return;
      console.warn('the headset line could not be negotiated', error);
      this.#retryLater();
    }
  }

  #retryLater(): void {
    this.#dropLink();
    const delay = Math.min(longestRetryMilliseconds, firstRetryMilliseconds * 2 ** this.#retries);
    this.#retries += 1;
    this.#change({ state: 'interrupted', quality: null });
    this.#retryTimer = setTimeout(() => void this.#connect(), delay);
  }

  #dropLink(): void {
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#connectTimer);
    this.#link?.close();
    this.#link = null;
    this.#counters = null;
  }

  #releaseMicrophone(): void {
    if (!this.#microphone) return;
    this.#microphone.track.onended = null;
    this.#microphone.track.stop();
    this.#microphone = null;
  }

  async #applySpeaker(): Promise<void> {
    const wanted = this.#memory.speakerId;
    const isThere = this.#snapshot.speakers.some((speaker) => speaker.id === wanted);
    await this.#speaker.choose(isThere ? wanted : null);
  }

  readonly #onDeviceChange = (): void => {
    void this.#followDevices();
  };

  /** A reloaded page starts without a click; the first key or click then lets sound and the meter go on. */
  readonly #onGesture = (): void => {
    const isBlocked = this.#snapshot.problem === 'playbackBlocked' || this.#context?.state === 'suspended';
    if (isBlocked) void this.resumeSound();
  };

  /** A remembered device that was plugged in again is taken again. */
  async #followDevices(): Promise<void> {
    await this.#refreshDevices();
    await this.#applySpeaker();
    const wanted = this.#memory.microphoneId;
    const current = this.#microphone?.track.getSettings().deviceId;
    const isBack = wanted !== current && this.#snapshot.microphones.some((microphone) => microphone.id === wanted);
    const hadNone = this.#snapshot.state === 'noDevice' && this.#snapshot.microphones.length > 0;
    if (hadNone) await this.start();
    else if (this.#microphone && isBack) await this.#takeMicrophone(this.#generation);
  }

  async #refreshDevices(): Promise<void> {
    this.#change(await listDevices());
  }

  async #measure(): Promise<void> {
    const link = this.#link;
    if (!link || this.#snapshot.state !== 'connected') return;
    const counters = await link.counters();
    if (this.#link !== link) return;
    this.#change({ quality: qualityBetween(this.#counters, counters) });
    this.#counters = counters;
  }

  #change(change: Partial<HeadsetSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#options.onChange(this.#snapshot);
  }
}
