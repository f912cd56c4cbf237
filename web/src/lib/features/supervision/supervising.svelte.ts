import type { Person } from '$contract/http/common.ts';
import type { SupervisionMode, SupervisionSound, SupervisionView } from '$contract/sockets/supervision.ts';
import type { OpenLink } from '$lib/features/headset/headset-link.ts';
import { silenceDecibels } from '$lib/features/headset/level-meter.ts';
import { openPartLink } from '$lib/features/headset/open-link.ts';
import { PeerLink } from '$lib/features/headset/peer-link.ts';
import { RealtimeRefusal, ask } from '$lib/realtime/index.ts';
import { askIceServers, askSoftly } from './ask-softly.ts';
import { SupervisorSound } from './supervisor-sound.ts';

/** What keeps a supervisor from a call, for a sentence. */
export type SupervisingProblem = 'noLiveCall' | 'noMicrophone' | 'noConnection' | 'failed';

/** The other browser answers within this, or has no headset that could. */
const answerMilliseconds = 12_000;

/**
 * The part that this supervisor has in somebody's call. Outlives navigation. What is so comes from the server's events alone;
 * keys and buttons only ask.
 */
class Supervising {
  /** The one that runs, or the last one until it is put away. */
  view: SupervisionView | null = $state.raw(null);
  /** Whom was asked for and what stood in the way. */
  problem: { rep: Person; what: SupervisingProblem } | null = $state.raw(null);
  busy = $state(false);
  /** Loudness of the call in dBFS. */
  decibels = $state(silenceDecibels);
  volume = $state(1);
  #sound: SupervisorSound | null = null;
  #bound: ReturnType<typeof setTimeout> | undefined;
  #answers = new Map<number, (sdp: string) => void>();

  /** Somebody is heard, or will be in a moment. */
  get isLive(): boolean {
    return this.view !== null && this.view.endedBecause === null;
  }

  isOn(repId: number): boolean {
    return this.isLive && this.view?.rep.id === repId;
  }

  /** Asks for a part in this rep's call, or for another mode in the one that runs. */
  async ask(rep: Person, mode: SupervisionMode): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    try {
      if (this.isOn(rep.id)) await this.#change(mode);
      else await this.#start(rep, mode);
    } catch (error) {
      if (!(error instanceof RealtimeRefusal)) throw error;
      this.problem = { rep, what: problemOf(error) };
      if (!this.isLive) this.#closeSound();
    } finally {
      this.busy = false;
    }
  }

  /** Leaves the call. */
  async stop(why: 'stopped' | 'lost' | 'notAnswered' = 'stopped'): Promise<void> {
    const { view } = this;
    this.#closeSound();
    if (view?.endedBecause === null) await askSoftly('supervise:stop', { id: view.id, why });
  }

  /** Puts away what is over. */
  dismiss(): void {
    if (!this.isLive) this.view = null;
    this.problem = null;
  }

  /** A `supervision:state` event. */
  hear(view: SupervisionView): void {
    if (this.view?.id !== view.id) return;
    this.view = view;
    if (view.endedBecause !== null) this.#closeSound();
  }

  /** A `supervision:answer` event. */
  hearAnswer({ id, sdp }: { id: number; sdp: string }): void {
    this.#answers.get(id)?.(sdp);
    this.#answers.delete(id);
  }

  /** Says that this browser is still there. Every ten seconds and after each reconnection. */
  async keep(): Promise<void> {
    const { view } = this;
    if (view?.endedBecause !== null) return;
    const kept = await askSoftly('supervise:keep', { id: view.id });
    if (!(kept instanceof RealtimeRefusal) || kept.code !== 'notFound' || this.view?.id !== view.id) return;
    // What ended it was told while nobody listened.
    this.#closeSound();
    this.view = { ...view, endedBecause: 'repGone' };
  }

  setVolume(volume: number): void {
    this.volume = volume;
    this.#sound?.setVolume(volume);
  }

  async #start(rep: Person, mode: SupervisionMode): Promise<void> {
    this.#closeSound();
    const made = new SupervisorSound({
      onConnected: () => clearTimeout(this.#bound),
      onLost: () => void this.stop('lost'),
      onLevel: (decibels) => (this.decibels = decibels),
    });
    this.#sound = made;
    made.setVolume(this.volume);
    // Without a microphone there is nothing to whisper with: then nobody is disturbed.
    if (mode !== 'listen' && !(await this.#openMicrophone(rep, made))) return;
    const { supervision, sound } = await ask('supervise:start', { repId: rep.id, mode });
    this.view = supervision;
    this.#bound = setTimeout(() => void this.stop('notAnswered'), answerMilliseconds);
    await made.start(this.#openLink(supervision.id, sound));
  }

  async #change(mode: SupervisionMode): Promise<void> {
    const { view } = this;
    const sound = this.#sound;
    if (!view || !sound) return;
    if (mode === 'listen') await sound.fallSilent();
    else if (!(await this.#openMicrophone(view.rep, sound))) return;
    const changed = await ask('supervise:mode', { id: view.id, mode });
    if (this.view?.id === view.id) this.view = changed;
  }

  async #openMicrophone(rep: Person, sound: SupervisorSound): Promise<boolean> {
    if ((await sound.speak()) === 'given') return true;
    this.problem = { rep, what: 'noMicrophone' };
    return false;
  }

  #openLink(id: number, sound: SupervisionSound): OpenLink {
    switch (sound.kind) {
      case 'browsers':
        return async (events) => new PeerLink({ ...events, iceServers: await askIceServers(), signalling: this.#signalling(id) });
      case 'carrier':
        return (events) => openPartLink(events, { supervision: sound.ticket });
      default:
        return sound satisfies never;
    }
  }

  #signalling(id: number) {
    return {
      offer: async (sdp: string): Promise<{ sdp: string }> => {
        const answered = new Promise<string>((resolve) => this.#answers.set(id, resolve));
        await ask('supervise:offer', { id, sdp });
        return { sdp: await answered };
      },
      // The offer waits for all addresses; what comes later is too late.
      ice: () => undefined,
    };
  }

  #closeSound(): void {
    clearTimeout(this.#bound);
    this.#sound?.close();
    this.#sound = null;
    this.#answers.clear();
    this.decibels = silenceDecibels;
  }
}

function problemOf({ code }: RealtimeRefusal): SupervisingProblem {
  if (code === 'noLiveCall') return 'noLiveCall';
  return code === 'noAnswer' ? 'noConnection' : 'failed';
}

export const supervising = new Supervising();
