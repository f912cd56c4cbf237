import type { AnsweredBy } from '../calls/carrier-event.ts';
import { levelDecibels } from './level.ts';

/** A quieter stretch is a pause, also on a noisy line. */
const voiceDecibels = -42;
/** A person says a few words and waits for ours: so long a pause after his voice. */
const turnPauseSeconds = 0.8;
/** Nobody greets so long without a breath but a recording. */
const longestGreetingSeconds = 3;
/** Who says nothing for so long is neither. */
const silenceSeconds = 4;
const frameSeconds = 0.02;

/**
 * Tells a person from a machine by the first seconds after the answer: a person greets briefly and waits, a machine speaks on.
 * The rule and its bounds are those that Asterisk's AMD application has used for years.
 */
export class WhoAnswered {
  readonly #samplesPerFrame: number;
  #rest: number[] = [];
  #voiceSeconds = 0;
  #pauseSeconds = 0;

  constructor(sampleRate: number) {
    this.#samplesPerFrame = Math.round(sampleRate * frameSeconds);
  }

  /** Takes what was heard next; answers as soon as it can be told, else null. Pauses may come as zeros. */
  hear(samples: Int16Array): AnsweredBy | null {
    for (const sample of samples) this.#rest.push(sample);
    while (this.#rest.length >= this.#samplesPerFrame) {
      const verdict = this.#hearFrame(Int16Array.from(this.#rest.splice(0, this.#samplesPerFrame)));
      if (verdict) return verdict;
    }
    return null;
  }

  #hearFrame(frame: Int16Array): AnsweredBy | null {
    if (levelDecibels(frame) >= voiceDecibels) {
      this.#voiceSeconds += frameSeconds;
      this.#pauseSeconds = 0;
    } else {
      this.#pauseSeconds += frameSeconds;
    }
    if (this.#voiceSeconds >= longestGreetingSeconds) return 'machine';
    if (this.#voiceSeconds === 0) return this.#pauseSeconds >= silenceSeconds ? 'unknown' : null;
    return this.#pauseSeconds >= turnPauseSeconds ? 'human' : null;
  }
}
