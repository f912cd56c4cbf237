import type { z } from 'zod';
import { capacity } from '$contract/http/queue.ts';
import { ApiProblem, call } from '$lib/api.ts';
import { localDateOf } from '$lib/format.ts';

export type Quarter = z.infer<typeof capacity.reply>['quarters'][number];

/** How full the rep's quarters of an hour are on the day that is being promised. */
export class Capacity {
  quarters: readonly Quarter[] = $state.raw([]);
  nearestFree: readonly string[] = $state.raw([]);
  #day: string | null = null;

  /** Loads the rep's day in which an instant lies, once. */
  async load(instant: string, repTimeZone: string): Promise<void> {
    const day = localDateOf(instant, repTimeZone);
    if (day === this.#day) return;
    this.#day = day;
    try {
      const answer = await call(capacity, { query: { date: day } });
      if (this.#day === day) [this.quarters, this.nearestFree] = [answer.quarters, answer.nearestFree];
    } catch (error) {
      // A promise can be made without the picture; the server checks the fullness again.
      if (!(error instanceof ApiProblem)) throw error;
      this.#day = null;
    }
  }

  quarterAt(instant: string): Quarter | null {
    const at = Date.parse(instant);
    return this.quarters.find((quarter) => Date.parse(quarter.start) <= at && at < Date.parse(quarter.start) + 900_000) ?? null;
  }
}
