import type { ServerEvents } from '$contract/sockets/index.ts';
import type { SupervisionMode } from '$contract/sockets/supervision.ts';
import { RealtimeRefusal } from '$lib/realtime/index.ts';
import { askIceServers, askSoftly } from './ask-softly.ts';
import { CallMixer, type MixedLine } from './call-mixer.ts';
import { SupervisorPeer } from './supervisor-peer.ts';

type Mix = ServerEvents['supervision:mix'];

/** Somebody who has a part in this rep's call. */
interface Part {
  peer: SupervisorPeer;
  mode: SupervisionMode;
}

export interface SupervisedLine {
  line: MixedLine;
  /** False in a tab that only looks, or without a microphone: then another tab answers, or none. */
  isReady: () => boolean;
  speakerId: () => string | null;
}

/** The rep's browser as supervisors have a part in it: does what the server says and tells the server what is so. */
export class SupervisedCall {
  /** Whom the rep's screen names, in order of their coming. */
  shown: readonly { id: number; name: string; mode: SupervisionMode }[] = $state.raw([]);
  readonly #line: SupervisedLine;
  readonly #parts = new Map<number, Part>();
  #mixer: CallMixer | null = null;
  /** One word of the server after the other: each waits for the sound to be changed. */
  #work: Promise<void> = Promise.resolve();

  constructor(line: SupervisedLine) {
    this.#line = line;
  }

  /** A `supervision:mix` event. */
  hear(mix: Mix): void {
    this.#work = this.#work
      .then(() => this.#obey(mix))
      .catch((error: unknown) => {
        console.error('a supervisor could not be mixed in', error);
        this.#leave(mix.id);
      });
  }

  /** Says that this browser is still there; learns what it missed. Every ten seconds and after each reconnection. */
  async keep(): Promise<void> {
    for (const id of this.#parts.keys()) {
      const kept = await askSoftly('supervise:keep', { id });
      if (kept instanceof RealtimeRefusal) {
        if (kept.code === 'notFound') this.#leave(id);
      } else if (kept.wanted !== this.#parts.get(id)?.mode) await this.#mix(id, kept.wanted);
    }
  }

  close(): void {
    for (const id of [...this.#parts.keys()]) this.#leave(id);
  }

  async #obey(mix: Mix): Promise<void> {
    if (mix.mode === null) {
      this.#leave(mix.id);
      return;
    }
    if (mix.offer !== null) await this.#join(mix.id, mix.mode, mix.offer);
    else await this.#mix(mix.id, mix.mode);
    this.#show(mix, mix.mode);
  }

  async #join(id: number, mode: SupervisionMode, offer: string): Promise<void> {
    if (!this.#line.isReady()) return;
    this.#leave(id);
    this.#mixer ??= new CallMixer(this.#line.line, this.#line.speakerId());
    const mixer = this.#mixer;
    const peer = new SupervisorPeer({
      iceServers: await askIceServers(),
      conversation: mixer.conversation,
      onVoice: (stream) => void this.#takeVoice(id, stream),
      onLost: () => {
        this.#leave(id);
        void askSoftly('supervise:stop', { id, why: 'lost' });
      },
    });
    this.#parts.set(id, { peer, mode });
    const sdp = await peer.answer(offer);
    await askSoftly('supervise:answer', { id, sdp });
  }

  async #takeVoice(id: number, stream: MediaStream): Promise<void> {
    const part = this.#parts.get(id);
    if (!part) return;
    await this.#mixer?.addVoice(id, stream, part.mode);
    await askSoftly('supervise:mixed', { id, mode: part.mode });
  }

  async #mix(id: number, mode: SupervisionMode): Promise<void> {
    const part = this.#parts.get(id);
    if (!part) return;
    part.mode = mode;
    await this.#mixer?.setMode(id, mode);
    await askSoftly('supervise:mixed', { id, mode });
  }

  #show({ id, supervisor, shown }: Mix, mode: SupervisionMode): void {
    const others = this.shown.filter((one) => one.id !== id);
    this.shown = shown ? [...others, { id, name: supervisor.name, mode }] : others;
  }

  #leave(id: number): void {
    this.#parts.get(id)?.peer.close();
    this.#parts.delete(id);
    this.#mixer?.removeVoice(id);
    this.shown = this.shown.filter((one) => one.id !== id);
    if (this.#parts.size > 0) return;
    this.#mixer?.close();
    this.#mixer = null;
  }
}
