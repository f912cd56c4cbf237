import { localDay, localHour } from '../../core/hours/local-time.ts';
import { isBroken } from '../../core/promises/promise-times.ts';
import type { AppContext } from '../context.ts';
import { recordVerdict } from '../kpi/count.ts';

/** Sweeper's part: a promise not dialled by the end of the company's day of its deadline is broken; it stays an obligation. */
export async function markBrokenPromises(app: AppContext): Promise<{ broken: number }> {
  const now = app.clock.now();
  return app.unitOfWork.run(async (stores) => {
    const broken = (await stores.promises.undialled(now)).filter((promise) => isBroken(promise, now));
    for (const promise of broken) {
      const day = localDay(now, promise.repTimeZone);
      await recordVerdict(stores, promise, 'broken', null, { ...promise, day, hour: localHour(now, promise.repTimeZone) });
    }
    return { broken: broken.length };
  });
}
