import type { z } from 'zod';
import { capacity } from '$contract/http/queue.ts';
import { ApiProblem, call } from '$lib/api.ts';
import { localDateOf } from '$lib/format.ts';
import { instantOfWallTime } from './wall-time.ts';

export type Quarter = z.infer<typeof capacity.reply>['quarters'][number];

/** How full the rep's quarters of an hour are on the company's day that is being promised. */
export class Capacity {
  quarters: readonly Quarter[] = $state.raw([]);
  nearestFree: readonly string[] = $state.raw([]);
  #day: string | null = null;

  /** Loads the company's day in which an instant lies, once; it may lie in two days of the rep. */
  async load(instant: string, companyTimeZone: string, repTimeZone: string): Promise<void> {
    const day = localDateOf(instant, companyTimeZone);
    if (day === this.#day) return;
    this.#day = day;
    try {
      const ends = [`${day}T00:00`, `${day}T23:59`].map((end) => localDateOf(instantOfWallTime(end, companyTimeZone), repTimeZone));
      const answers = await Promise.all([...new Set(ends)].map((date) => call(capacity, { query: { date } })));
      if (this.#day !== day) return;
      const all = answers.flatMap((answer) => answer.quarters);
      this.quarters = all.filter((quarter) => localDateOf(quarter.start, companyTimeZone) === day);
      this.nearestFree = [...new Set(answers.flatMap((answer) => answer.nearestFree))];
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
