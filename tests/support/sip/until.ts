import { setTimeout } from 'node:timers/promises';

const everyMilliseconds = 50;

/** Tries until it no longer throws, for so long at most; for benches too, which run without a test around them. */
export async function until(attempt: () => Promise<void>, milliseconds: number): Promise<void> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    try {
      await attempt();
      return;
    } catch (error) {
      if (Date.now() >= deadline) throw error;
      await setTimeout(everyMilliseconds);
    }
  }
}
