import { addMinutes } from '../../core/hours/local-time.ts';
import type { AppContext } from '../context.ts';

/** What was learned is good for so long. */
const learnedForMinutes = 60;
/** Older calls say little about how long calls last, and when somebody answers, now. */
const daysLookedAt = 90;

/** Sweeper's part: learns from the last months' calls how long they last and at which hours segments answer; once an hour. */
export async function learnFromCalls(app: AppContext): Promise<{ learned: boolean }> {
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const learnedAt = await stores.learning.lastLearnedAt();
    if (learnedAt && addMinutes(learnedAt, learnedForMinutes) > now) return { learned: false };
    await stores.learning.learn(addMinutes(now, -daysLookedAt * 1440), now);
    return { learned: true };
  });
}
