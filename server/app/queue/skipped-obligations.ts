import type { Reason } from '../../contract/http/queue.ts';
import { exclusionsOf } from '../../core/queue/eligibility.ts';
import { explainExclusion } from '../../core/queue/explain-exclusion.ts';
import type { Actor } from '../actor.ts';
import type { SeenLead } from '../ports/stores/queue.ts';
import type { QueueSight } from './rules.ts';

const told = 3;

/** The rep's obligations that could not be called when something else was chosen, each with what kept it out; the most pressing few. */
export function skippedObligations(owed: readonly SeenLead[], { view, rules }: QueueSight, actor: Actor): Reason['skipped'] {
  return owed
    .flatMap(({ facts, labels }) => {
      const [exclusion] = exclusionsOf(facts, view, rules);
      if (!exclusion) return [];
      const why = explainExclusion(exclusion, actor.timeZone, actor.locale);
      return [{ companyId: facts.companyId, companyName: labels.companyName, why }];
    })
    .slice(0, told);
}
