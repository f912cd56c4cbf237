import type { PresenceState } from '$contract/http/kpi.ts';
import { Headset } from '$lib/features/headset/headset.svelte.ts';
import { RealtimeRefusal, ask, onConnected } from '$lib/realtime/index.ts';
import { session } from '$lib/session.svelte.ts';
import { TabOwner } from './tab-owner.svelte.ts';

const leaseMilliseconds = 30_000;
const presenceKey = 'zagon.presence';
const checkedKey = 'zagon.headset.checked';
const states: readonly PresenceState[] = ['ready', 'break', 'wrapUp', 'away'];

/** A rep's shift in this tab: who owns the work, the headset, and his presence. Outlives navigation, ends with sign-out. */
export class Shift {
  readonly owner: TabOwner;
  readonly headset: Headset;
  presence: PresenceState = $state('away');
  /** He has heard himself and the tone since he signed in. */
  isHeadsetChecked = $state(sessionStorage.getItem(checkedKey) === 'yes');
  isCheckOpen = $state(false);
  readonly userId: number;
  #lease: ReturnType<typeof setInterval> | undefined;
  #stopListening: (() => void) | null = null;

  constructor(userId: number) {
    this.userId = userId;
    this.owner = new TabOwner(userId);
    this.headset = new Headset({
      offer: (sdp) => ask('headset:offer', { sdp }),
      ice: (candidate) => void this.#sendCandidate(candidate),
    });
    const kept = states.find((state) => state === sessionStorage.getItem(presenceKey));
    if (kept && this.isHeadsetChecked) this.presence = kept;
    void this.owner.join();
    this.#stopListening = onConnected(() => void this.#tellPresence());
    this.#lease = setInterval(() => void this.#tellPresence(), leaseMilliseconds);
  }

  /** Becomes ready; the headset is checked once first. */
  goReady(): void {
    if (!this.isHeadsetChecked) {
      this.isCheckOpen = true;
      return;
    }
    this.setPresence('ready');
    this.startHeadset();
  }

  setPresence(state: PresenceState): void {
    this.presence = state;
    sessionStorage.setItem(presenceKey, state);
    void this.#tellPresence();
  }

  /** Brings the line up unless it is, as after a reload in mid-shift. */
  startHeadset(): void {
    const { state } = this.headset.snapshot;
    if (state === 'none' || state === 'denied' || state === 'noDevice') void this.headset.line.start();
  }

  /** The check was passed: from now on ready needs no dialog. */
  finishCheck(): void {
    sessionStorage.setItem(checkedKey, 'yes');
    this.isHeadsetChecked = true;
    this.isCheckOpen = false;
    this.headset.line.stopEchoCheck();
    this.setPresence('ready');
  }

  end(): void {
    clearInterval(this.#lease);
    this.#stopListening?.();
    this.owner.leave();
    this.headset.line.stop();
    sessionStorage.removeItem(presenceKey);
    sessionStorage.removeItem(checkedKey);
  }

  /** A tab that only looks must not speak for the one that works. */
  async #tellPresence(): Promise<void> {
    if (this.owner.state !== 'owner' || !session.isSignedIn) return;
    try {
      await ask('presence:set', { state: this.presence });
    } catch (error) {
      if (!(error instanceof RealtimeRefusal)) throw error;
      console.warn('presence was not taken', error.code);
    }
  }

  async #sendCandidate(candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null }): Promise<void> {
    try {
      await ask('headset:ice', candidate);
    } catch (error) {
      if (!(error instanceof RealtimeRefusal)) throw error;
      console.warn('a headset candidate was not taken', error.code);
    }
  }
}

let current: Shift | null = null;

/** The signed-in person's shift, begun at its first use. */
export function shiftOfMe(): Shift {
  const { id } = session.me;
  if (current?.userId === id) return current;
  current?.end();
  const begun = new Shift(id);
  current = begun;
  const stop = $effect.root(() => {
    $effect(() => {
      if (session.isSignedIn) return;
      begun.end();
      if (current === begun) current = null;
      stop();
    });
  });
  return begun;
}
