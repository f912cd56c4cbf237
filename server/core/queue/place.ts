import { isCallable, waits } from './eligibility.ts';
import type { Category, LeadFacts, PlaceRules } from './facts.ts';
import { priorityWithoutList } from './order.ts';
import { funnelTierOf } from './tiers.ts';

/**
 * Where a lead stands in the narrow queue table. (rank, sortKey, leadId) is the order inside a stream of one pool and zone;
 * the three promise tiers are ranges of sortKey at query time, so that nothing is rewritten when time passes (queue.md).
 */
export interface Place {
  /** A list's id, or minus the id of the rep whose lead it is. */
  pool: number;
  rank: number;
  sortKey: bigint;
  /** Not callable before; the epoch when nothing waits. */
  readyAt: Date;
}

/** Ranks of the queue; the SQL functions use the same numbers (prisma/migrations, queue functions). */
const ranks = {
  promise: 0,
  promiseOutsideHours: 1,
  customerBeforeHot: 100,
  hot: 200,
  customer: 300,
  early: 400,
  cold: 500,
} as const;

/** Cold leads have this rank or a later one. */
export const coldRank: number = ranks.cold;

/** Stages beyond this would run into the next tier's ranks. */
const highestStage = 30;
const categories = 3;
const categoryOrder: Record<Category, number> = { A: 0, B: 1, C: 2 };

const inStage = (base: number, facts: LeadFacts): number =>
  base + (highestStage - Math.min(facts.stage?.position ?? 0, highestStage)) * categories + categoryOrder[facts.category];

const contactKey = (facts: LeadFacts): bigint => BigInt(facts.lastContactAt?.getTime() ?? 0);

function rankAndKey(facts: LeadFacts, rules: Pick<PlaceRules, 'customersBeforeHot'>): { rank: number; sortKey: bigint } {
  if (facts.promise) {
    const rank = facts.promise.askedOutsideHours ? ranks.promiseOutsideHours : ranks.promise;
    return { rank, sortKey: BigInt(facts.promise.deadlineAt.getTime()) };
  }
  const tier = funnelTierOf(facts);
  switch (tier) {
    case 'hot':
      return { rank: inStage(ranks.hot, facts), sortKey: contactKey(facts) };
    case 'customer':
      return {
        rank: (rules.customersBeforeHot ? ranks.customerBeforeHot : ranks.customer) + categoryOrder[facts.category],
        sortKey: contactKey(facts),
      };
    case 'early':
      return { rank: inStage(ranks.early, facts), sortKey: contactKey(facts) };
    case 'cold':
      return {
        rank: ranks.cold + (facts.list?.priority ?? priorityWithoutList),
        sortKey: (BigInt(facts.triesTotal) << 32n) + BigInt(facts.position),
      };
    default:
      return tier satisfies never;
  }
}

/** The lead's place by its facts, or null when it is in nobody's queue until they change. */
export function placeOf(facts: LeadFacts, rules: PlaceRules): Place | null {
  if (!isCallable(facts, rules)) return null;
  const pool = facts.repId === null ? facts.list?.id : -facts.repId;
  if (pool === undefined) return null;
  const readyAt = waits(facts, rules).reduce((latest, wait) => (wait.until > latest ? wait.until : latest), new Date(0));
  return { pool, ...rankAndKey(facts, rules), readyAt };
}
