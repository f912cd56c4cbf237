import type { DispositionInput } from '../../contract/http/calls.ts';
import type { Settings } from '../../contract/settings.ts';
import { addMinutes, dayBounds, localDay } from '../../core/hours/local-time.ts';
import { nearestFree, quartersOf } from '../../core/promises/capacity.ts';
import type { PromiseTimes } from '../../core/promises/promise-times.ts';
import type { Actor } from '../actor.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict } from '../problem.ts';
import { promisesPerQuarter } from '../schedule/promises-per-quarter.ts';

/** Who promises, and what he typed. */
interface Promising {
  actor: Pick<Actor, 'id' | 'timeZone'>;
  body: Pick<DispositionInput, 'promise'>;
  settings: Settings;
  now: Date;
}

/**
 * Whether a promised exact time is over the rep's capacity. Asks once: a full quarter of an hour is refused unless the rep
 * accepted it, and is marked then. @throws Refused 409 `overCapacity` with the nearest free times
 */
export async function askCapacity(
  stores: Stores,
  { actor, body, settings, now }: Promising,
  promise: PromiseTimes | null,
): Promise<boolean> {
  if (promise?.kind !== 'exact') return false;
  const day = dayBounds(localDay(promise.promisedAt, actor.timeZone), actor.timeZone);
  const promised = await stores.promises.exactTimesOf(actor.id, day.start, day.end);
  const quarters = quartersOf(day, promised, await promisesPerQuarter(stores.queue, settings));
  const quarter = quarters.find(({ start }) => start <= promise.promisedAt && promise.promisedAt < addMinutes(start, 15));
  if (!quarter || quarter.room > 0) return false;
  if (body.promise?.kind === 'exact' && body.promise.acceptOverCapacity) return true;
  const free = nearestFree(quarters, promise.promisedAt, now).map((time) => time.toISOString());
  throw conflict('overCapacity', `this quarter of an hour is full; nearest free: ${free.join(', ')}`);
}
