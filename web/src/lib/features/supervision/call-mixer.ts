import type { SupervisionMode } from '$contract/sockets/supervision.ts';
import type { HeadsetStreams } from '$lib/features/headset/headset-state.ts';

/** What the mixer needs of the headset's line. */
export interface MixedLine {
  onStreams(listener: (streams: HeadsetStreams) => void): () => void;
  sendInstead(track: MediaStreamTrack | null): Promise<void>;
}

interface Voice {
  source: MediaStreamAudioSourceNode;
  /** Chromium gives a connection's sound to a mixer only while an element plays it; it is the rep's ear at the same time. */
  ear: HTMLAudioElement;
  mode: SupervisionMode;
}

/**
 * The sound of a live call in the rep's browser with supervisors in it. What they hear is microphone and prospect; a whisper goes to
 * the rep's ear alone; who barges in is mixed into what the prospect hears. Without anybody barging in the bare microphone is sent,
 * so that the call never hangs on this mixer.
 */
export class CallMixer {
  readonly #line: MixedLine;
  readonly #speakerId: string | null;
  readonly #context = new AudioContext();
  readonly #toSupervisors = this.#context.createMediaStreamDestination();
  readonly #toProspect = this.#context.createMediaStreamDestination();
  readonly #voices = new Map<number, Voice>();
  readonly #stopFollowing: () => void;
  #sides: MediaStreamAudioSourceNode[] = [];
  #isMixing = false;

  constructor(line: MixedLine, speakerId: string | null) {
    this.#line = line;
    this.#speakerId = speakerId;
    this.#stopFollowing = line.onStreams((streams) => this.#follow(streams));
  }

  /** Both sides of the call. */
  get conversation(): MediaStream {
    return this.#toSupervisors.stream;
  }

  /** A supervisor's voice came; until his mode says so nobody hears it. */
  async addVoice(id: number, stream: MediaStream, mode: SupervisionMode): Promise<void> {
    this.removeVoice(id);
    const ear = new Audio();
    ear.srcObject = stream;
    ear.muted = true;
    if (this.#speakerId !== null && 'setSinkId' in ear) await ear.setSinkId(this.#speakerId);
    this.#voices.set(id, { source: this.#context.createMediaStreamSource(stream), ear, mode });
    await this.#context.resume();
    await ear.play();
    await this.setMode(id, mode);
  }

  /** Mixes him so from now on; done when what the prospect hears is changed. */
  async setMode(id: number, mode: SupervisionMode): Promise<void> {
    const voice = this.#voices.get(id);
    if (!voice) return;
    voice.mode = mode;
    voice.ear.muted = mode === 'listen';
    voice.source.disconnect();
    if (mode === 'barge') voice.source.connect(this.#toProspect);
    await this.#send();
  }

  removeVoice(id: number): void {
    const voice = this.#voices.get(id);
    if (!voice) return;
    this.#voices.delete(id);
    voice.source.disconnect();
    voice.ear.srcObject = null;
    void this.#send();
  }

  close(): void {
    for (const id of [...this.#voices.keys()]) this.removeVoice(id);
    this.#stopFollowing();
    void this.#context.close();
  }

  #follow({ microphone, heard }: HeadsetStreams): void {
    for (const side of this.#sides) side.disconnect();
    this.#sides = [];
    const add = (stream: MediaStream | null, targets: AudioNode[]): void => {
      if (!stream) return;
      const side = this.#context.createMediaStreamSource(stream);
      for (const target of targets) side.connect(target);
      this.#sides.push(side);
    };
    add(microphone, [this.#toSupervisors, this.#toProspect]);
    add(heard, [this.#toSupervisors]);
  }

  async #send(): Promise<void> {
    const isMixing = [...this.#voices.values()].some(({ mode }) => mode === 'barge');
    if (isMixing === this.#isMixing) return;
    this.#isMixing = isMixing;
    await this.#line.sendInstead(isMixing ? (this.#toProspect.stream.getAudioTracks()[0] ?? null) : null);
  }
}
