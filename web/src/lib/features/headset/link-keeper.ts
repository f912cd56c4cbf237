import type { HeadsetLink, OpenLink } from './headset-link.ts';
import { qualityBetween, type LineCounters } from './line-quality.ts';
import type { LineQuality } from './headset-state.ts';

const firstRetryMilliseconds = 500;
const longestRetryMilliseconds = 15_000;
/** The link must be up within this; after it the attempt counts as failed. Also for kits whose promises may never settle. */
const connectMilliseconds = 10_000;

export interface LinkKeeperOptions {
  openLink: OpenLink;
  onState: (state: 'connecting' | 'connected' | 'interrupted') => void;
  onSound: (stream: MediaStream) => void;
}

/** Keeps one link up through the shift: a lost one is replaced, sooner at first and later less often. */
export class LinkKeeper {
  readonly #options: LinkKeeperOptions;
  #track: MediaStreamTrack | null = null;
  #link: HeadsetLink | null = null;
  #counters: LineCounters | null = null;
  #retryTimer: ReturnType<typeof setTimeout> | undefined;
  #connectTimer: ReturnType<typeof setTimeout> | undefined;
  #retries = 0;
  /** Rises with each attempt and each end: what an older one still says no longer matters. */
  #attempt = 0;

  constructor(options: LinkKeeperOptions) {
    this.#options = options;
  }

  /** Sends this from now on; the first one brings the link up, later ones replace it without a break. */
  async send(track: MediaStreamTrack): Promise<void> {
    const isFirst = this.#track === null;
    this.#track = track;
    if (isFirst) await this.#connect();
    else await this.#link?.replaceTrack(track);
  }

  /** Tries at once instead of waiting for the next retry: the caller knows that something has changed. */
  async reconnect(): Promise<void> {
    this.#retries = 0;
    await this.#connect();
  }

  stop(): void {
    this.#track = null;
    this.#retries = 0;
    this.#drop();
  }

  /** The quality since it was asked last, or null while there is no link to measure. */
  async quality(): Promise<LineQuality | null> {
    const link = this.#link;
    if (!link) return null;
    const counters = await link.counters();
    if (this.#link !== link) return null;
    const quality = qualityBetween(this.#counters, counters);
    this.#counters = counters;
    return quality;
  }

  async #connect(): Promise<void> {
    if (!this.#track) return;
    this.#drop();
    this.#options.onState(this.#retries === 0 ? 'connecting' : 'interrupted');
    const attempt = this.#attempt;
    const isCurrent = (): boolean => attempt === this.#attempt;
    this.#connectTimer = setTimeout(() => this.#retryLater(), connectMilliseconds);
    try {
      const link = await this.#options.openLink({
        onConnected: () => {
          if (isCurrent()) this.#connected();
        },
        onInterrupted: () => {
          if (isCurrent()) this.#options.onState('interrupted');
        },
        onSound: (stream) => {
          if (isCurrent()) this.#options.onSound(stream);
        },
        onLost: () => {
          if (isCurrent()) this.#retryLater();
        },
      });
      if (!isCurrent()) {
        link.close();
        return;
      }
      this.#link = link;
      await link.connect(this.#track);
    } catch (error) {
      if (!isCurrent()) return;
      console.warn('the headset line could not be brought up', error);
      this.#retryLater();
    }
  }

  #connected(): void {
    clearTimeout(this.#connectTimer);
    this.#retries = 0;
    this.#options.onState('connected');
  }

  #retryLater(): void {
    this.#drop();
    const delay = Math.min(longestRetryMilliseconds, firstRetryMilliseconds * 2 ** this.#retries);
    this.#retries += 1;
    this.#options.onState('interrupted');
    this.#retryTimer = setTimeout(() => void this.#connect(), delay);
  }

  #drop(): void {
    this.#attempt += 1;
    clearTimeout(this.#retryTimer);
    clearTimeout(this.#connectTimer);
    this.#link?.close();
    this.#link = null;
    this.#counters = null;
  }
}
