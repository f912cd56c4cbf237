import type { z } from 'zod';
import { capacity } from '$contract/http/queue.ts';
import { ApiProblem, call } from '$lib/api.ts';
import { localDateOf } from '$lib/format.ts';
import { instantOfWallTime } from './wall-time.ts';

export type Quarter = z.infer<typeof capacity.reply>['quarters'][number];

/** Between them lies every clock: a colleague's is not known here, so that the company's day may lie in three of his. */
const farthestZones = ['Etc/GMT+12', 'Etc/GMT-14'];

/** Who keeps what is promised; his zone is null where it is not known. */
export interface Keeper {
  id: number;
  timeZone: string | null;
}

/** How full the quarters of an hour of whoever keeps the promise are on the company's day that is being promised. */
export class Capacity {
  quarters: readonly Quarter[] = $state.raw([]);
  nearestFree: readonly string[] = $state.raw([]);
  #loaded: string | null = null;

  /** Loads the company's day in which an instant lies, once; it may lie in two days of the keeper. */
  async load(instant: string, companyTimeZone: string, keeper: Keeper): Promise<void> {
    const day = localDateOf(instant, companyTimeZone);
    const wanted = `${keeper.id} ${day}`;
    if (wanted === this.#loaded) return;
    this.#loaded = wanted;
    const isOfDay = (start: string): boolean => localDateOf(start, companyTimeZone) === day;
    try {
      const ends = [`${day}T00:00`, `${day}T23:59`].map((end) => instantOfWallTime(end, companyTimeZone));
      const zones = keeper.timeZone === null ? farthestZones : [keeper.timeZone];
      const days = new Set(zones.flatMap((zone) => ends.map((end) => localDateOf(end, zone))));
      const answers = await Promise.all([...days].map((date) => call(capacity, { query: { date, repId: keeper.id } })));
      if (this.#loaded !== wanted) return;
      this.quarters = answers.flatMap(({ quarters }) => quarters).filter(({ start }) => isOfDay(start));
      this.nearestFree = [...new Set(answers.flatMap(({ nearestFree }) => nearestFree))].filter(isOfDay);
    } catch (error) {
      // A promise can be made without the picture; the server checks the fullness again.
      if (!(error instanceof ApiProblem)) throw error;
      this.#loaded = null;
    }
  }

  quarterAt(instant: string): Quarter | null {
    const at = Date.parse(instant);
    return this.quarters.find((quarter) => Date.parse(quarter.start) <= at && at < Date.parse(quarter.start) + 900_000) ?? null;
  }
}
