import type { EndCause } from '../../../core/calls/carrier-event.ts';
import type { Scheduler } from './scheduler.ts';
import { seededFraction } from './seeded.ts';

/** One in so many of those who did not answer sees the missed call and rings back. */
const shareThatCallsBack = 1 / 6;
const soonestMinutes = 2;
const latestMinutes = 20;
/** Whoever has this number calls back within seconds, every time. */
const eagerEnding = '0482';
const eagerSeconds = 10;

interface CallBackOptions {
  seed: number;
  speed: number;
  scheduler: Scheduler;
}

/** Prospects who did not answer and call back some time later, by the seed. */
export class CallBacks {
  readonly #options: CallBackOptions;
  readonly #arrive: (number: string) => void;
  readonly #waiting = new Set<() => void>();
  #missed = 0;

  constructor(options: CallBackOptions, arrive: (number: string) => void) {
    this.#options = options;
    this.#arrive = arrive;
  }

  /** A dial of this number has ended. */
  after(number: string, cause: EndCause | null): void {
    if (cause !== 'noAnswer') return;
    const seconds = this.#secondsUntil(number);
    if (seconds === null) return;
    const { scheduler, speed } = this.#options;
    const cancel = scheduler.after((seconds * 1000) / speed, () => {
      this.#waiting.delete(cancel);
      this.#arrive(number);
    });
    this.#waiting.add(cancel);
  }

  stop(): void {
    for (const cancel of this.#waiting) cancel();
    this.#waiting.clear();
  }

  #secondsUntil(number: string): number | null {
    if (number.endsWith(eagerEnding)) return eagerSeconds;
    this.#missed += 1;
    const { seed } = this.#options;
    if (seededFraction(seed, number, this.#missed, 'calls back') >= shareThatCallsBack) return null;
    return 60 * (soonestMinutes + (latestMinutes - soonestMinutes) * seededFraction(seed, number, this.#missed, 'when'));
  }
}
