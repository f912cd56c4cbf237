import { decodeMuLaw } from '../../../core/audio/mu-law.ts';
import { samplesPerFrame } from './audio-frame.ts';

/** Sound kept before playing begins, so that packets may come unevenly: 40 ms. */
const prefillSamples = 2 * samplesPerFrame;
/** More than this means that the two clocks drifted apart or a burst came: the oldest is dropped, 200 ms stay at most. */
const mostSamples = 10 * samplesPerFrame;

/** Evens out the rep's packets into frames on our clock. */
export class JitterBuffer {
  #samples: number[] = [];
  #playing = false;
  #lastSequence: number | null = null;

  /** A packet's mu-law payload; one that comes after a younger one is dropped. */
  add(sequenceNumber: number, payload: Uint8Array): void {
    if (this.#lastSequence !== null) {
      const ahead = (sequenceNumber - this.#lastSequence + 0x1_0000) % 0x1_0000;
      if (ahead === 0 || ahead > 0x8000) return;
    }
    this.#lastSequence = sequenceNumber;
    for (const sample of decodeMuLaw(payload)) this.#samples.push(sample);
    if (this.#samples.length > mostSamples) this.#samples.splice(0, this.#samples.length - mostSamples / 2);
  }

  /** The next frame, or null while there is not enough. */
  take(): Int16Array | null {
    if (!this.#playing && this.#samples.length < prefillSamples) return null;
    this.#playing = this.#samples.length >= samplesPerFrame;
    if (!this.#playing) return null;
    return Int16Array.from(this.#samples.splice(0, samplesPerFrame));
  }
}
