import { untrack } from 'svelte';
import type { PresenceState } from '$contract/http/kpi.ts';
import type { HeadsetLink, LinkEvents } from '$lib/features/headset/headset-link.ts';
import { Headset } from '$lib/features/headset/headset.svelte.ts';
import { openLink } from '$lib/features/headset/open-link.ts';
import { RealtimeRefusal, ask, on, onConnected } from '$lib/realtime/index.ts';
import { session } from '$lib/session.svelte.ts';
import { Seat } from './seat.svelte.ts';
import { TabOwner } from './tab-owner.svelte.ts';

const leaseMilliseconds = 30_000;
const presenceKey = 'zagon.presence';
const checkedKey = 'zagon.headset.checked';
const states: readonly PresenceState[] = ['ready', 'break', 'wrapUp', 'away'];

/** Where the work is: in this tab, in another of this browser, or at another computer. */
export type WorkPlace = 'asking' | 'here' | 'otherTab' | 'otherComputer';

/** A rep's shift in this tab: whether the work is here, the headset, and his presence. Outlives navigation, ends with sign-out. */
export class Shift {
  readonly owner: TabOwner;
  readonly seat = new Seat();
  readonly headset: Headset;
  presence: PresenceState = $state('away');
  /** He has heard himself and the tone since he signed in. */
  isHeadsetChecked = $state(sessionStorage.getItem(checkedKey) === 'yes');
  isCheckOpen = $state(false);
  /** The window with the figures of the line in a talk. */
  isLineOpen = $state(false);
  readonly userId: number;
  #lease: ReturnType<typeof setInterval> | undefined;
  readonly #stops: (() => void)[];

  constructor(userId: number) {
    this.userId = userId;
    this.owner = new TabOwner(userId);
    this.headset = new Headset((events) => this.#openLink(events));
    const kept = states.find((state) => state === sessionStorage.getItem(presenceKey));
    if (kept && this.isHeadsetChecked) this.presence = kept;
    void this.owner.join();
    const followPlace = $effect.root(() => {
      $effect(() => {
        if (this.owner.state === 'owner') untrack(() => void this.#keep());
      });
      $effect(() => {
        if (!this.mayWork) untrack(() => this.#putHeadsetDown());
      });
    });
    this.#stops = [followPlace, onConnected(() => void this.#keep()), on('headset:moved', () => void this.#keep())];
    this.#lease = setInterval(() => void this.#keep(), leaseMilliseconds);
  }

  get place(): WorkPlace {
    if (this.owner.state !== 'owner') return this.owner.state === 'watching' ? 'otherTab' : 'asking';
    const { state } = this.seat;
    if (state === 'asking') return 'asking';
    return state === 'elsewhere' ? 'otherComputer' : 'here';
  }

  /** Headset, card and call are here; elsewhere they are only looked at. */
  get mayWork(): boolean {
    return this.place === 'here';
  }

  /** Brings the work here from where it is. In a call the headset comes up at once: the prospect waits. */
  async takeHere(isInCall: boolean): Promise<void> {
    if (this.place === 'otherTab') await this.owner.takeOver();
    await this.seat.ask('take');
    if (!this.mayWork) return;
    if (!isInCall) {
      this.goReady();
      return;
    }
    this.setPresence('ready');
    this.startHeadset();
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
    void this.#keep();
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
    for (const stop of this.#stops) stop();
    this.owner.leave();
    this.seat.leave();
    this.headset.line.stop();
    sessionStorage.removeItem(presenceKey);
    sessionStorage.removeItem(checkedKey);
  }

  /** Says that this computer is still there, and how its person is. Before his shift it only looks where else he is. */
  async #keep(): Promise<void> {
    if (this.owner.state !== 'owner' || !session.isSignedIn) return;
    const isAtWork = this.presence !== 'away' || this.headset.snapshot.state !== 'none';
    await this.seat.ask(isAtWork ? 'keep' : 'look');
    await this.#tellPresence();
  }

  /** The line belongs to where the work is now: one that stayed up would be restored again and again against it. */
  #putHeadsetDown(): void {
    if (this.headset.snapshot.state !== 'none') this.headset.line.stop();
    this.isCheckOpen = false;
  }

  async #openLink(events: LinkEvents): Promise<HeadsetLink> {
    try {
      return await openLink(events);
    } catch (error) {
      if (error instanceof RealtimeRefusal && error.code === 'headsetElsewhere') void this.#keep();
      throw error;
    }
  }

  /** A tab that only looks must not speak for the one that works. */
  async #tellPresence(): Promise<void> {
    if (this.owner.state !== 'owner' || this.seat.state !== 'here' || !session.isSignedIn) return;
    try {
      await ask('presence:set', { state: this.presence });
    } catch (error) {
      if (!(error instanceof RealtimeRefusal)) throw error;
      console.warn('presence was not taken', error.code);
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
