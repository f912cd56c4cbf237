import { dayBounds, localDay } from '../hours/local-time.ts';
import type { OrderFacts, QueueRules, QueueView } from './facts.ts';

/** The seven tiers of domain.md, in their order (customers may stand before hot by a setting). */
export const tiers = ['due', 'overdueToday', 'overdueEarlier', 'hot', 'customer', 'early', 'cold'] as const;
export type Tier = (typeof tiers)[number];

export type FunnelTier = Exclude<Tier, 'due' | 'overdueToday' | 'overdueEarlier'>;

/** The funnel tier of a lead without an open promise; a customer with a hot deal is hot, with an early one still a customer. */
export function funnelTierOf(facts: Pick<OrderFacts, 'stage' | 'isCustomer'>): FunnelTier {
  if (facts.stage?.heat === 'hot') return 'hot';
  if (facts.isCustomer) return 'customer';
  return facts.stage?.heat === 'early' ? 'early' : 'cold';
}

/** The tier at an instant, for a lead that may be called then. */
export function tierOf(facts: OrderFacts, view: Pick<QueueView, 'now' | 'repTimeZone'>): Tier {
  if (facts.promise === null) return funnelTierOf(facts);
  if (facts.promise.deadlineAt >= view.now) return 'due';
  const today = dayBounds(localDay(view.now, view.repTimeZone), view.repTimeZone);
  return facts.promise.deadlineAt >= today.start ? 'overdueToday' : 'overdueEarlier';
}

/** The tiers in calling order. */
export function tierOrder(rules: Pick<QueueRules, 'customersBeforeHot'>): readonly Tier[] {
  return rules.customersBeforeHot ? ['due', 'overdueToday', 'overdueEarlier', 'customer', 'hot', 'early', 'cold'] : tiers;
}
