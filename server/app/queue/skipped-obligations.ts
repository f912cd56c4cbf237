import type { Reason } from '../../contract/http/queue.ts';
import { exclusionsOf } from '../../core/queue/eligibility.ts';
import { explainExclusion } from '../../core/queue/explain-exclusion.ts';
import type { Actor } from '../actor.ts';
import type { QueueStore } from '../ports/stores/queue.ts';
import type { QueueSight } from './rules.ts';

const lookedAt = 20;
const told = 3;

/** The rep's obligations that could not be called when something else was chosen, each with what kept it out; the most pressing few. */
export async function skippedObligations(
  queue: QueueStore,
  sight: QueueSight,
  actor: Actor,
  chosenCompanyId: number,
): Promise<Reason['skipped']> {
  const { now } = sight.view;
  const companyIds = await queue.promisedCompanies(actor.id, now, lookedAt);
  const facts = await queue.facts(companyIds.filter((companyId) => companyId !== chosenCompanyId));
  const kept = facts.flatMap((found) => {
    const [exclusion] = exclusionsOf(found, sight.view, sight.rules);
    return exclusion ? [{ found, exclusion }] : [];
  });
  kept.sort((left, right) => companyIds.indexOf(left.found.companyId) - companyIds.indexOf(right.found.companyId));
  const few = kept.slice(0, told);
  const labels = await queue.labels(few.map(({ found }) => found.leadId));
  return few.map(({ found, exclusion }) => ({
    companyId: found.companyId,
    companyName: labels.find((label) => label.leadId === found.leadId)?.companyName ?? '',
    why: explainExclusion(exclusion, actor.timeZone, actor.locale),
  }));
}
