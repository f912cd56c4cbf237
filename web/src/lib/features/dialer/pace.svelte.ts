import { myPace } from '$contract/http/kpi.ts';
import type { KpiFigures } from '$contract/http/kpi.ts';
import type { z } from 'zod';
import { ApiProblem, call } from '$lib/api.ts';

type PaceView = z.infer<typeof myPace.reply>;

/** The rep's own day in figures. */
export class Pace {
  view: PaceView | null = $state.raw(null);

  async refresh(): Promise<void> {
    try {
      this.view = await call(myPace);
    } catch (error) {
      // The bar keeps its last figures; the strip above already says that the connection is lost.
      if (!(error instanceof ApiProblem)) throw error;
    }
  }

  /** A `kpi:update` event of this rep. */
  hear(figures: KpiFigures): void {
    if (this.view) this.view = { ...this.view, figures };
  }
}
