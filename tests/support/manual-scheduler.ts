import type { Scheduler } from '../../server/adapters/telephony/sandbox/scheduler.ts';

interface Timer {
  at: number;
  action: () => void;
}

/** Time that moves only when a test says so; timers run in order, each at its own instant. */
export class ManualScheduler implements Scheduler {
  #milliseconds = Date.parse('2026-03-02T09:00:00Z');
  readonly #timers = new Set<Timer>();

  now(): Date {
    return new Date(this.#milliseconds);
  }

  after(milliseconds: number, action: () => void): () => void {
    const timer = { at: this.#milliseconds + milliseconds, action };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets that much time pass; what timers set going has come to rest before the next one runs. */
  async advance(milliseconds: number): Promise<void> {
    const until = this.#milliseconds + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter((timer) => timer.at <= until).sort((one, other) => one.at - other.at);
      if (!next) break;
      this.#timers.delete(next);
      this.#milliseconds = Math.max(this.#milliseconds, next.at);
      next.action();
      await rest();
    }
    this.#milliseconds = until;
    await rest();
  }
}

async function rest(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}
