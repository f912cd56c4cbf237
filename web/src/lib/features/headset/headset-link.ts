import type { LineCounters } from './line-quality.ts';

/** What a link tells of itself; each may be told many times until `onLost`, which is told once and last. */
export interface LinkEvents {
  onConnected: () => void;
  /** The network dropped and the link restores itself; `onConnected` or `onLost` follows. */
  onInterrupted: () => void;
  /** What the other side says, from now on. */
  onSound: (stream: MediaStream) => void;
  /** It will not come back by itself. */
  onLost: () => void;
}

/** One connection that carries the rep's voice out and the other side's in; a lost one is thrown away and replaced by the next. */
export interface HeadsetLink {
  /** Begins; `onConnected` follows. Rejects when the other end cannot be reached or does not understand us. */
  connect(track: MediaStreamTrack): Promise<void>;
  /** Sends from another source without a new negotiation. */
  replaceTrack(track: MediaStreamTrack): Promise<void>;
  /** Counters since the link began, for `qualityBetween`. */
  counters(): Promise<LineCounters>;
  /** Ends it; nothing is told afterwards. */
  close(): void;
}

/** Makes the next link, the kind that the server names. Rejects when the server cannot be asked. */
export type OpenLink = (events: LinkEvents) => Promise<HeadsetLink>;
