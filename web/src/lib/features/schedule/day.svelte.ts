import type { z } from 'zod';
import { daySlots } from '$contract/http/queue.ts';
import { ApiProblem, call } from '$lib/api.ts';

export type DayView = z.infer<typeof daySlots.reply>;
export type Slot = DayView['slots'][number];

/** A rep's day as the server lays it out. */
export class Day {
  view: DayView | null = $state.raw(null);
  problem: ApiProblem | null = $state.raw(null);
  readonly #query: () => { repId?: number | undefined; date?: string | undefined };
  #asked = 0;

  constructor(query: () => { repId?: number | undefined; date?: string | undefined } = () => ({})) {
    this.#query = query;
  }

  async refresh(): Promise<void> {
    const mine = ++this.#asked;
    try {
      const view = await call(daySlots, { query: this.#query() });
      // A slower answer to an earlier question must not cover this one.
      if (mine === this.#asked) [this.view, this.problem] = [view, null];
    } catch (error) {
      if (!(error instanceof ApiProblem)) throw error;
      if (mine === this.#asked) this.problem = error;
    }
  }
}
