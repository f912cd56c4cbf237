import type { SpokenClip, Telephony } from '../../server/app/ports/telephony.ts';
import type { CarrierNotebook } from '../support/carrier-listener.ts';

/** Which number of the carrier under test brings what; E.164. */
export interface NumberBook {
  /** Answers and talks, and stays for ten seconds at least when the rep goes on talking. */
  talks: string;
  /** Answers and stays silent for ten seconds at least. */
  silent: string;
  machine: string;
  busy: string;
  noAnswer: string;
  rejected: string;
  invalid: string;
  providerError: string;
  /** Says something in mid-call that no table knows; null for a carrier that cannot be made to. */
  strangeWord: string | null;
}

/** The rep's end of the line, as the carrier under test wants it. */
export interface RepHeadset {
  /** Begins to send a steady tone of `repToneHertz`. */
  speak(): void;
  fallSilent(): void;
  /** Samples at 8 kHz that came since the last time this was asked. */
  takeHeard(): Int16Array;
  readonly heardSeconds: number;
  close(): Promise<void>;
}

export interface CarrierUnderTest {
  telephony: Telephony;
  /** Already given to `telephony.start`. */
  notebook: CarrierNotebook;
  numbers: NumberBook;
  connectHeadset(repId: number): Promise<RepHeadset>;
  /**
   * Lets a call from this number (null hides it) reach us; the caller waits ten seconds at least. Resolves with our id of it. Null for an
   * adapter that no such call can be made to.
   */
  letCall: ((from: string | null) => Promise<number>) | null;
  /** Puts a clip where a network fetches it that is not handed the file itself. */
  serveClip: (clip: SpokenClip) => void;
  /**
   * `carried`: sound really goes through the adapter in this test. `computed`: it goes past us in life too, and the test
   * carrier computes what its network would have heard and recorded; what is tested of it is who is joined to whom, and the files.
   */
  media: 'carried' | 'computed';
  /** Who plays the headset check: the adapter, or the browser by itself. */
  headsetCheck: 'here' | 'inBrowser';
  /** How coarse the carrier's clock is. */
  clockGrainSeconds: number;
  close(): Promise<void>;
}

export const repToneHertz = 1000;
