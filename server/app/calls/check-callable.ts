import type { Settings } from '../../contract/settings.ts';
import type { Reason } from '../../contract/http/queue.ts';
import { exclusionsOf } from '../../core/queue/eligibility.ts';
import { explainExclusion } from '../../core/queue/explain-exclusion.ts';
import type { Actor } from '../actor.ts';
import type { Stores } from '../ports/stores/index.ts';
import { conflict } from '../problem.ts';
import { lookAtQueue } from '../queue/rules.ts';

/**
 * A held lead is dialled only while it could still be chosen: the company may have been put on not-now, or its hours have ended, since
 * it was claimed. A colleague's promise that was taken over stays taken, though he may be free again by now.
 * @throws Refused 409 `notCallableNow` with the reasons in the rep's language
 */
export async function checkCallable(
  stores: Stores,
  actor: Actor,
  { companyId, reason, now, settings }: { companyId: number; reason: Reason | null; now: Date; settings: Settings },
): Promise<void> {
  const [facts] = await stores.queue.facts([companyId]);
  if (!facts) return;
  const isTakenOver = (reason?.takenOverFrom ?? null) !== null;
  const { view, rules } = await lookAtQueue(stores.queue, settings, actor, now);
  const exclusions = exclusionsOf({ ...facts, heldBy: null, repId: isTakenOver ? actor.id : facts.repId }, view, rules);
  if (exclusions.length === 0) return;
  throw conflict('notCallableNow', exclusions.map((exclusion) => explainExclusion(exclusion, actor.timeZone, actor.locale)).join('; '));
}
