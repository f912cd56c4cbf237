import { frameMilliseconds } from './audio-frame.ts';
import type { Scheduler } from './scheduler.ts';

/** Gives the frame clock: one call of `onFrame` for each 20 ms that passed, also for those that a busy process missed. */
export class Pacer {
  readonly #scheduler: Scheduler;
  readonly #onFrame: () => void;
  #startedAt = 0;
  #framesDone = 0;
  #cancel: (() => void) | null = null;

  constructor(scheduler: Scheduler, onFrame: () => void) {
    this.#scheduler = scheduler;
    this.#onFrame = onFrame;
  }

  start(): void {
    if (this.#cancel) return;
    this.#startedAt = this.#scheduler.now().getTime();
    this.#framesDone = 0;
    this.#planNext();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** Plays what is due up to now; asked before a call is answered or ended, so that its frames match its duration. */
  catchUp(): void {
    const due = Math.floor((this.#scheduler.now().getTime() - this.#startedAt) / frameMilliseconds);
    while (this.#cancel !== null && this.#framesDone < due) {
      this.#framesDone += 1;
      this.#onFrame();
    }
  }

  #planNext(): void {
    const nextAt = this.#startedAt + (this.#framesDone + 1) * frameMilliseconds;
    const delay = Math.max(1, nextAt - this.#scheduler.now().getTime());
    this.#cancel = this.#scheduler.after(delay, () => {
      this.catchUp();
      if (this.#cancel !== null) this.#planNext();
    });
  }
}
