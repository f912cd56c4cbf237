import type { EndCause } from '../../../core/calls/carrier-event.ts';
import { ringbackTone, toneSamples } from '../../../core/audio/tones.ts';
import { sampleRate, samplesPerFrame, silentFrame, toneAmplitude } from './audio-frame.ts';

/** Somebody besides the prospect, as the rep's call hears him. */
export interface Party {
  /** In a word of `partyWord`. */
  readonly word: string;
  readonly hasJoined: boolean;
  /** His next 20 ms, after hearing these; before he has joined, what the network lets the rep hear. */
  exchange(heard: Int16Array): Int16Array;
  /** He is let go; nothing more is asked of him. */
  leave(): void;
}

/** Two sounds at once. */
export function mixed(one: Int16Array, other: Int16Array): Int16Array {
  if (one === silentFrame) return other;
  if (other === silentFrame) return one;
  return one.map((sample, index) => Math.max(-32_768, Math.min(32_767, sample + (other[index] ?? 0))));
}

/** A rep's headset that was joined to a colleague's call: each side leaves for the other what it has at its own tick. */
export class GuestRep implements Party {
  readonly word: string;
  readonly hasJoined = true;
  readonly #onLeft: () => void;
  #fromGuest = silentFrame;
  #toGuest = silentFrame;

  constructor(word: string, onLeft: () => void) {
    this.word = word;
    this.#onLeft = onLeft;
  }

  exchange(heard: Int16Array): Int16Array {
    this.#toGuest = heard;
    return this.#fromGuest;
  }

  /** The guest's side of the same: takes what he said and gives what he hears. */
  tick(fromGuest: Int16Array): Int16Array {
    this.#fromGuest = fromGuest;
    return this.#toGuest;
  }

  leave(): void {
    this.#onLeft();
  }
}

/** What a number that was asked in brings: it rings, and then a voice comes or it does not. */
export interface NumberVoice {
  nextFrame(heard: Int16Array): Int16Array;
}

/** A number asked in. Who answers, and when, is its number's fate as with any dial. */
export class GuestNumber implements Party {
  readonly word: string;
  #voice: NumberVoice | null = null;
  #framesRinging = 0;

  constructor(word: string) {
    this.word = word;
  }

  get hasJoined(): boolean {
    return this.#voice !== null;
  }

  answer(voice: NumberVoice): void {
    this.#voice = voice;
  }

  exchange(heard: Int16Array): Int16Array {
    if (this.#voice) return this.#voice.nextFrame(heard);
    const from = this.#framesRinging * samplesPerFrame;
    this.#framesRinging += 1;
    return toneSamples(ringbackTone, from, samplesPerFrame, { sampleRate, amplitude: toneAmplitude });
  }

  leave(): void {
    this.#voice = null;
  }
}

/** The carrier's word for a party that did not come. */
export const partyEndWord = (cause: EndCause): string => `party-${cause}`;
