import { setImmediate } from 'node:timers/promises';

/** Does a long calculation to its end and lets calls, sockets and other requests have their turn after each of its steps. */
export async function inTurns<Result>(calculation: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const step = calculation.next();
    if (step.done) return step.value;
    await setImmediate();
  }
}
