import { DeviceMemory } from '$lib/features/headset/device-memory.ts';
import type { HeadsetLink, OpenLink } from '$lib/features/headset/headset-link.ts';
import { LevelMeter } from '$lib/features/headset/level-meter.ts';
import { openMicrophone, type MicrophoneOutcome } from '$lib/features/headset/microphone.ts';

export interface SupervisorSoundOptions {
  onConnected: () => void;
  onLost: () => void;
  /** Loudness of what is heard in dBFS, many times a second. */
  onLevel: (decibels: number) => void;
}

/**
 * A supervisor's ears and voice in one call. He sends silence made here until he speaks: listening never opens his microphone,
 * and going back to listening lets go of it.
 */
export class SupervisorSound {
  readonly #options: SupervisorSoundOptions;
  readonly #memory = new DeviceMemory(window.localStorage);
  readonly #context = new AudioContext();
  readonly #silence = this.#context.createMediaStreamDestination();
  readonly #ear = new Audio();
  readonly #meter: LevelMeter;
  #link: HeadsetLink | null = null;
  #microphone: MediaStreamTrack | null = null;
  #isOver = false;

  constructor(options: SupervisorSoundOptions) {
    this.#options = options;
    this.#meter = new LevelMeter(options.onLevel);
  }

  /** Brings the sound up; `onConnected` follows. Rejects when it cannot be asked for. */
  async start(openLink: OpenLink): Promise<void> {
    await this.#chooseSpeaker();
    const link = await openLink({
      onConnected: () => this.#options.onConnected(),
      onInterrupted: () => undefined,
      onSound: (stream) => void this.#hear(stream),
      onLost: () => this.#options.onLost(),
    });
    if (this.#isOver) {
      link.close();
      return;
    }
    this.#link = link;
    await link.connect(this.#sent());
  }

  /** Opens the microphone and speaks into the call; who hears it is decided at the other end. */
  async speak(): Promise<MicrophoneOutcome['kind']> {
    if (this.#microphone) return 'given';
    const outcome = await openMicrophone(this.#memory.microphoneId, true);
    if (outcome.kind === 'refused') return 'refused';
    if (this.#isOver) {
      outcome.track.stop();
      return 'refused';
    }
    this.#microphone = outcome.track;
    await this.#link?.replaceTrack(outcome.track);
    return 'given';
  }

  /** Lets go of the microphone. */
  async fallSilent(): Promise<void> {
    const microphone = this.#microphone;
    this.#microphone = null;
    await this.#link?.replaceTrack(this.#sent());
    microphone?.stop();
  }

  /** From 0 to 1. */
  setVolume(volume: number): void {
    this.#ear.volume = volume;
  }

  close(): void {
    this.#isOver = true;
    this.#meter.stop();
    this.#link?.close();
    this.#microphone?.stop();
    this.#ear.srcObject = null;
    void this.#context.close();
  }

  #sent(): MediaStreamTrack {
    const track = this.#microphone ?? this.#silence.stream.getAudioTracks()[0];
    if (!track) throw new Error('the browser makes no sound');
    return track;
  }

  async #hear(stream: MediaStream): Promise<void> {
    if (this.#isOver) return;
    this.#ear.srcObject = stream;
    this.#meter.watch(this.#context, stream);
    await this.#context.resume();
    await this.#ear.play();
  }

  async #chooseSpeaker(): Promise<void> {
    const { speakerId } = this.#memory;
    if (speakerId === null || !('setSinkId' in this.#ear)) return;
    try {
      await this.#ear.setSinkId(speakerId);
    } catch (error) {
      // Unplugged: the system's own choice plays.
      console.warn('the chosen speaker cannot be used', error);
    }
  }
}
