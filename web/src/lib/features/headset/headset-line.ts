import { DeviceMemory, listDevices } from './device-memory.ts';
import type { OpenLink } from './headset-link.ts';
import { emptySnapshot, type HeadsetSnapshot, type HeadsetStreams } from './headset-state.ts';
import { LevelMeter } from './level-meter.ts';
import { LinkKeeper } from './link-keeper.ts';
import { openMicrophone } from './microphone.ts';
import { Speaker } from './speaker.ts';

const qualityMilliseconds = 1000;
/** What the browser takes as the user's leave to play sound. */
const gestures = ['pointerdown', 'keydown'] as const;

export interface HeadsetLineOptions {
  openLink: OpenLink;
  onChange: (snapshot: HeadsetSnapshot) => void;
  /** The microphone's loudness in dBFS, many times a second. */
  onLevel: (decibels: number) => void;
  /** The browser's echo and noise suppression; on unless a headset does it better. */
  microphoneProcessing?: boolean;
}

/**
 * The rep's headset in the browser: microphone, speaker and the line to the carrier, whichever it is, which stays up through
 * the shift and is restored by itself. Knows nothing of calls.
 */
export class HeadsetLine {
  readonly #options: HeadsetLineOptions;
  readonly #memory = new DeviceMemory(window.localStorage);
  readonly #meter: LevelMeter;
  readonly #speaker: Speaker;
  readonly #keeper: LinkKeeper;
  readonly #streamListeners = new Set<(streams: HeadsetStreams) => void>();
  #context: AudioContext | null = null;
  #microphone: { stream: MediaStream; track: MediaStreamTrack } | null = null;
  #instead: MediaStreamTrack | null = null;
  #heard: MediaStream | null = null;
  #qualityTimer: ReturnType<typeof setInterval> | undefined;
  /** Rises with each start and stop: what an older one still waits for no longer matters. */
  #generation = 0;
  #snapshot: HeadsetSnapshot;

  constructor(options: HeadsetLineOptions) {
    this.#options = options;
    this.#meter = new LevelMeter(options.onLevel);
    this.#speaker = new Speaker(() => this.#change({ problem: 'playbackBlocked' }));
    this.#keeper = new LinkKeeper({
      openLink: options.openLink,
      onState: (state) => this.#follow(state),
      onSound: (stream) => this.#hear(stream),
    });
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
    this.#listen(true);
    if (!(await this.#takeMicrophone(generation))) return;
    await this.#applySpeaker();
    this.#qualityTimer = setInterval(() => void this.#measure(), qualityMilliseconds);
  }

  /** Lets go of the microphone and the line. */
  stop(): void {
    this.#generation += 1;
    clearInterval(this.#qualityTimer);
    this.#keeper.stop();
    this.#heard = null;
    this.#meter.stop();
    this.#speaker.stop();
    this.#releaseMicrophone();
    void this.#context?.close();
    this.#context = null;
    this.#listen(false);
    this.#change({ state: 'none', problem: null, isEchoChecking: false, quality: null, usedMicrophone: null });
    this.#tellStreams();
  }

  /** Silence towards the other side at the source, besides the mute that the server does. */
  setMuted(isMuted: boolean): void {
    if (this.#microphone) this.#microphone.track.enabled = !isMuted;
    this.#change({ isMuted });
  }

  /** Speaks into another microphone from now on, in mid-call too; null for the system's choice. */
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

  /** Both sides' sound, at once and at every change; the answer stops it. */
  onStreams(listener: (streams: HeadsetStreams) => void): () => void {
    this.#streamListeners.add(listener);
    listener(this.#streams());
    return () => this.#streamListeners.delete(listener);
  }

  /** Sends this instead of the bare microphone (a mix of it with somebody else's voice), null for the microphone again. */
  async sendInstead(track: MediaStreamTrack | null): Promise<void> {
    this.#instead = track;
    await this.#send();
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
      this.#keeper.stop();
      this.#meter.stop();
      this.#change({ state: outcome.state, problem: outcome.problem, quality: null, usedMicrophone: null });
      return false;
    }
    const { stream, track } = outcome;
    track.enabled = !this.#snapshot.isMuted;
    // Unplugged in mid-shift: whatever microphone is left takes over.
    track.onended = () => void this.#takeMicrophone(generation);
    track.onmute = track.onunmute = () => this.#change({ isCutOff: track.muted });
    this.#microphone = { stream, track };
    if (this.#context) this.#meter.watch(this.#context, stream);
    this.#change({ usedMicrophone: { id: track.getSettings().deviceId ?? '', label: track.label }, isCutOff: track.muted });
    this.#tellStreams();
    await this.#refreshDevices();
    await this.#send();
    return true;
  }

  async #send(): Promise<void> {
    const track = this.#instead ?? this.#microphone?.track;
    if (track && this.#microphone) await this.#keeper.send(track);
  }

  #follow(state: 'connecting' | 'connected' | 'interrupted'): void {
    // A carrier's kit may have opened what was muted while it connected.
    if (state === 'connected' && this.#microphone) this.#microphone.track.enabled = !this.#snapshot.isMuted;
    this.#change(state === 'connected' ? { state } : { state, quality: null });
  }

  #hear(stream: MediaStream): void {
    this.#heard = stream;
    this.#tellStreams();
    void this.#speaker.play(stream);
  }

  #releaseMicrophone(): void {
    if (!this.#microphone) return;
    const { track } = this.#microphone;
    track.onended = track.onmute = track.onunmute = null;
    track.stop();
    this.#microphone = null;
  }

  async #applySpeaker(): Promise<void> {
    const wanted = this.#memory.speakerId;
    const isThere = this.#snapshot.speakers.some((speaker) => speaker.id === wanted);
    await this.#speaker.choose(isThere ? wanted : null);
  }

  #listen(isOn: boolean): void {
    const verb = isOn ? 'addEventListener' : 'removeEventListener';
    if (window.isSecureContext) navigator.mediaDevices[verb]('devicechange', this.#onDeviceChange);
    for (const gesture of gestures) window[verb](gesture, this.#onGesture);
    window[verb]('pageshow', this.#onPageShow);
    window[verb]('online', this.#onOnline);
  }

  readonly #onDeviceChange = (): void => {
    void this.#followDevices();
  };

  /** A reloaded page starts without a click; the first key or click then lets sound and the meter go on. */
  readonly #onGesture = (): void => {
    const isBlocked = this.#snapshot.problem === 'playbackBlocked' || this.#context?.state === 'suspended';
    if (isBlocked) void this.resumeSound();
  };

  /** A page that comes back from the back-forward cache has a dead line and perhaps a dead microphone. */
  readonly #onPageShow = (event: Event): void => {
    if (event instanceof PageTransitionEvent && event.persisted) void this.start();
  };

  /** The network is back: no need to wait for the next try. */
  readonly #onOnline = (): void => {
    if (this.#snapshot.state === 'interrupted') void this.#keeper.reconnect();
  };

  /** A remembered device that was plugged in again is taken again. */
  async #followDevices(): Promise<void> {
    await this.#refreshDevices();
    await this.#applySpeaker();
    const wanted = this.#memory.microphoneId;
    const isBack = wanted !== this.#snapshot.usedMicrophone?.id && this.#snapshot.microphones.some(({ id }) => id === wanted);
    const hadNone = this.#snapshot.state === 'noDevice' && this.#snapshot.microphones.length > 0;
    if (hadNone) await this.start();
    else if (this.#microphone && isBack) await this.#takeMicrophone(this.#generation);
  }

  async #refreshDevices(): Promise<void> {
    this.#change(await listDevices());
  }

  async #measure(): Promise<void> {
    if (this.#snapshot.state !== 'connected') return;
    const quality = await this.#keeper.quality();
    if (quality) this.#change({ quality });
  }

  #streams(): HeadsetStreams {
    return { microphone: this.#microphone?.stream ?? null, heard: this.#heard };
  }

  #tellStreams(): void {
    for (const listener of this.#streamListeners) listener(this.#streams());
  }

  #change(change: Partial<HeadsetSnapshot>): void {
    this.#snapshot = { ...this.#snapshot, ...change };
    this.#options.onChange(this.#snapshot);
  }
}
