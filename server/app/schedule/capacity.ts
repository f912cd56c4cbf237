import { dayBounds } from '../../core/hours/local-time.ts';
import { nearestFree, quartersOf } from '../../core/promises/capacity.ts';
import type { Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import { promisesPerQuarter } from './promises-per-quarter.ts';
import { repSeenBy } from '../people/rep-seen-by.ts';
import type { Reads } from '../ports/reads/index.ts';

/** How full each quarter of an hour of a rep's day is with promises, and the free ones nearest to now. */
export async function capacityOf(
  app: AppContext & { reads: Pick<Reads, 'people' | 'schedule'> },
  actor: Actor,
  input: { repId: number | undefined; date: string },
): Promise<{ date: string; quarters: { start: string; promises: number; room: number }[]; nearestFree: string[] }> {
  const rep = await repSeenBy(app, actor, input.repId);
  const settings = await app.settings.read();
  const bounds = dayBounds(input.date, rep.timeZone);
  const promises = await app.reads.schedule.promisesBetween(rep.id, bounds.start, bounds.end);
  const now = app.clock.now();
  const quarters = quartersOf(
    bounds,
    promises.map((promise) => promise.promisedAt),
    await app.unitOfWork.run((stores) => promisesPerQuarter(stores.queue, settings)),
  );
  const wished = now > bounds.start ? now : bounds.start;
  return {
    date: input.date,
    quarters: quarters.map((quarter) => ({ ...quarter, start: quarter.start.toISOString() })),
    nearestFree: nearestFree(quarters, wished, now).map((free) => free.toISOString()),
  };
}
