import { localDay } from '../hours/local-time.ts';
import { exclusionsOf } from './eligibility.ts';
import type { LeadFacts, QueueRules, QueueView } from './facts.ts';
import { tierOf, tierOrder, type Tier } from './tiers.ts';

export interface QueuedLead {
  facts: LeadFacts;
  tier: Tier;
}

type Compare = (left: LeadFacts, right: LeadFacts) => number;

const byId: Compare = (left, right) => left.leadId - right.leadId;
const byDeadline: Compare = (left, right) => deadlineOf(left) - deadlineOf(right);
const byCategory: Compare = (left, right) => left.category.localeCompare(right.category, 'en');
const byLaterStage: Compare = (left, right) => (right.stage?.position ?? 0) - (left.stage?.position ?? 0);
/** Who was never talked to has been without contact the longest. */
const byLongestWithoutContact: Compare = (left, right) => (left.lastContactAt?.getTime() ?? 0) - (right.lastContactAt?.getTime() ?? 0);
const byListPriority: Compare = (left, right) => priorityOf(left) - priorityOf(right);
const byFewerTries: Compare = (left, right) => left.triesTotal - right.triesTotal;
const byPosition: Compare = (left, right) => left.position - right.position;

const deadlineOf = (facts: LeadFacts): number => facts.promise?.deadlineAt.getTime() ?? 0;

/** A company that a rep owns outside any list comes after every list. */
export const priorityWithoutList = 99;
const priorityOf = (facts: LeadFacts): number => facts.list?.priority ?? priorityWithoutList;

/** Yesterday's before the day before's: the later the rep's day of the deadline, the earlier the call. */
const byLaterDay =
  (timeZone: string): Compare =>
  (left, right) =>
    localDay(new Date(deadlineOf(right)), timeZone).localeCompare(localDay(new Date(deadlineOf(left)), timeZone));

/** The comparisons inside one tier, the strongest first; domain.md, "The queue" and "Order inside cold". */
function comparisons(tier: Tier, repTimeZone: string): readonly Compare[] {
  switch (tier) {
    case 'due':
    case 'overdueToday':
      return [byDeadline, byId];
    case 'overdueEarlier':
      return [byLaterDay(repTimeZone), byDeadline, byId];
    case 'hot':
    case 'early':
      return [byLaterStage, byCategory, byLongestWithoutContact, byId];
    case 'customer':
      return [byCategory, byLongestWithoutContact, byId];
    case 'cold':
      return [byListPriority, byFewerTries, byPosition, byId];
    default:
      return tier satisfies never;
  }
}

/**
 * The rep's queue at an instant: who may be called, in order. The pure twin of the SQL function `queue_candidates`;
 * a property test holds them equal.
 */
export function orderQueue(leads: readonly LeadFacts[], view: QueueView, rules: QueueRules): QueuedLead[] {
  const places = new Map(tierOrder(rules).map((tier, place) => [tier, place]));
  const queued = leads
    .filter((facts) => exclusionsOf(facts, view, rules).length === 0)
    .map((facts) => ({ facts, tier: tierOf(facts, view) }));
  return queued.sort((left, right) => {
    const byTier = (places.get(left.tier) ?? 0) - (places.get(right.tier) ?? 0);
    if (byTier !== 0) return byTier;
    for (const compare of comparisons(left.tier, view.repTimeZone)) {
      const result = compare(left.facts, right.facts);
      if (result !== 0) return result;
    }
    return 0;
  });
}
