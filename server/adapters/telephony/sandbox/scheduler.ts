import type { Clock } from '../../../app/ports/clock.ts';

/** Time and timers as the sandbox needs them, so that tests drive both without waiting. */
export interface Scheduler extends Clock {
  /** Runs `action` once after the delay; the answer takes it back. */
  after(milliseconds: number, action: () => void): () => void;
}

/** The time and the timers of this machine. */
export const machineScheduler: Scheduler = {
  now: () => new Date(),
  after(milliseconds, action) {
    const timer = setTimeout(action, milliseconds);
    return () => clearTimeout(timer);
  },
};
