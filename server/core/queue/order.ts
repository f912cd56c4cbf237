import { localDay } from '../hours/local-time.ts';
import { exclusionsOf } from './eligibility.ts';
import type { LeadFacts, OrderFacts, QueueRules, QueueView } from './facts.ts';
import { tierOf, tierOrder, type Tier } from './tiers.ts';

export interface QueuedLead<Facts extends OrderFacts = OrderFacts> {
  facts: Facts;
  tier: Tier;
}

type Compare = (left: OrderFacts, right: OrderFacts) => number;

const byId: Compare = (left, right) => left.leadId - right.leadId;
const byDeadline: Compare = (left, right) => deadlineOf(left) - deadlineOf(right);
const byCategory: Compare = (left, right) => left.category.localeCompare(right.category, 'en');
const byLaterStage: Compare = (left, right) => (right.stage?.position ?? 0) - (left.stage?.position ?? 0);
/** Who was never talked to has been without contact the longest. */
const byLongestWithoutContact: Compare = (left, right) => (left.lastContactAt?.getTime() ?? 0) - (right.lastContactAt?.getTime() ?? 0);
const byListPriority: Compare = (left, right) => priorityOf(left) - priorityOf(right);
const byFewerTries: Compare = (left, right) => left.triesTotal - right.triesTotal;
const byPosition: Compare = (left, right) => left.position - right.position;

const deadlineOf = (facts: OrderFacts): number => facts.promise?.deadlineAt.getTime() ?? 0;

/** A company that a rep owns outside any list comes after every list. */
export const priorityWithoutList = 99;
const priorityOf = (facts: OrderFacts): number => facts.list?.priority ?? priorityWithoutList;

/** Yesterday's before the day before's: the later the rep's day of the deadline, the earlier the call. */
const byLaterDay =
  (timeZone: string): Compare =>
  (left, right) =>
    localDay(new Date(deadlineOf(right)), timeZone).localeCompare(localDay(new Date(deadlineOf(left)), timeZone));

/** What decided between two leads, the strongest first. */
export type OrderRule =
  | 'aged'
  | 'tier'
  | 'deadline'
  | 'laterDay'
  | 'laterStage'
  | 'category'
  | 'longestWithoutContact'
  | 'listPriority'
  | 'fewerTries'
  | 'position'
  | 'id';

interface NamedCompare {
  rule: OrderRule;
  compare: Compare;
}

const deadline: NamedCompare = { rule: 'deadline', compare: byDeadline };
const id: NamedCompare = { rule: 'id', compare: byId };
const category: NamedCompare = { rule: 'category', compare: byCategory };
const contact: NamedCompare = { rule: 'longestWithoutContact', compare: byLongestWithoutContact };

/** The comparisons inside one tier, the strongest first; domain.md, "The queue" and "Order inside cold". */
function comparisons(tier: Tier, repTimeZone: string): readonly NamedCompare[] {
  switch (tier) {
    case 'due':
    case 'overdueToday':
      return [deadline, id];
    case 'overdueEarlier':
      return [{ rule: 'laterDay', compare: byLaterDay(repTimeZone) }, deadline, id];
    case 'hot':
    case 'early':
      return [{ rule: 'laterStage', compare: byLaterStage }, category, contact, id];
    case 'customer':
      return [category, contact, id];
    case 'cold':
      return [
        { rule: 'listPriority', compare: byListPriority },
        { rule: 'fewerTries', compare: byFewerTries },
        { rule: 'position', compare: byPosition },
        id,
      ];
    default:
      return tier satisfies never;
  }
}

/** A promise overdue so long that the setting puts it before everything else, whatever comes in fresh. */
const isAged = (facts: OrderFacts, { agedBefore }: Pick<QueueView, 'agedBefore'>): boolean =>
  agedBefore !== null && facts.promise !== null && facts.promise.deadlineAt < agedBefore;

/** Which of two leads comes first (negative: the left one), and the rule that says so. */
export function compareQueued(
  left: QueuedLead,
  right: QueuedLead,
  view: Pick<QueueView, 'agedBefore' | 'repTimeZone'>,
  rules: Pick<QueueRules, 'customersBeforeHot'>,
): { result: number; rule: OrderRule } {
  const aged = Number(isAged(right.facts, view)) - Number(isAged(left.facts, view));
  if (aged !== 0) return { result: aged, rule: 'aged' };
  const places = tierOrder(rules);
  const byTier = places.indexOf(left.tier) - places.indexOf(right.tier);
  if (byTier !== 0) return { result: byTier, rule: 'tier' };
  const inside = isAged(left.facts, view) ? [deadline, id] : comparisons(left.tier, view.repTimeZone);
  for (const { rule, compare } of inside) {
    const result = compare(left.facts, right.facts);
    if (result !== 0) return { result, rule };
  }
  return { result: 0, rule: 'id' };
}

/**
 * The rep's queue at an instant: who may be called, in order. The pure twin of the SQL function `queue_candidates`;
 * a property test holds them equal.
 */
export function orderQueue(leads: readonly LeadFacts[], view: QueueView, rules: QueueRules): QueuedLead<LeadFacts>[] {
  return leads
    .filter((facts) => exclusionsOf(facts, view, rules).length === 0)
    .map((facts) => ({ facts, tier: tierOf(facts, view) }))
    .sort((left, right) => compareQueued(left, right, view, rules).result);
}
