import { compareQueued, type QueuedLead } from '../queue/order.ts';
import type { LeadFacts, PlaceRules, PromiseFacts, QueueRules, QueueView } from '../queue/facts.ts';
import { placeOf } from '../queue/place.ts';
import { tierOf } from '../queue/tiers.ts';

/** What an order does beside ordering. */
export interface OrderDeeds {
  /** A call that is no obligation waits while promises are about to fall due. */
  guards: boolean;
  /** The team takes promises before they are late; without it only those of who is absent, and once they are overdue. */
  helps: boolean;
  /** Who promises a time is told how full it is, and takes the nearest free one. */
  asksCapacity: boolean;
}

type PromisedLead = LeadFacts & { promise: PromiseFacts };

/** A way of choosing the next call among leads that may be dialled. */
export interface CallOrder extends OrderDeeds {
  name: string;
  /** From when an order looks at a promise at all. */
  seesPromiseFrom: (promise: PromiseFacts) => Date;
  /** Where a lead without a promise stands among the like: the smaller rank first, of equals the smaller key. */
  placeOf: (facts: LeadFacts, rules: PlaceRules) => { rank: number; sortKey: number };
  /** The first of promised leads that may be dialled; null when the order holds all of them back. */
  firstPromised: (leads: readonly PromisedLead[], view: QueueView, rules: QueueRules) => LeadFacts | null;
  /** Whether a promised lead goes before one that is not. */
  promisedFirst: (promised: LeadFacts, other: LeadFacts) => boolean;
}

const always = (): boolean => true;

/** Ours: the product's own order, and the numbers of its own narrow table. */
export const ours: CallOrder = {
  name: 'our order',
  guards: true,
  helps: true,
  asksCapacity: true,
  seesPromiseFrom: (promise) => promise.startsAt,
  placeOf: (facts, rules) => {
    const place = placeOf(facts, rules);
    return place ? { rank: place.rank, sortKey: Number(place.sortKey) } : { rank: Infinity, sortKey: 0 };
  },
  firstPromised: (leads, view, rules) => {
    let first: QueuedLead<PromisedLead> | null = null;
    for (const facts of leads) {
      const queued = { facts, tier: tierOf(facts, view) };
      if (first === null || compareQueued(queued, first, view, rules).result < 0) first = queued;
    }
    return first?.facts ?? null;
  },
  promisedFirst: always,
};

/** Callbacks of the market appear at the agreed time, those of a window when it begins. */
const atAgreedTime = ({ startsAt, promisedAt, deadlineAt }: PromiseFacts): Date => (deadlineAt > promisedAt ? promisedAt : startsAt);

type Key = (facts: PromisedLead, now: Date) => readonly number[];

/** The promised lead whose numbers are the smallest; of equals the one known longest. */
function smallest(leads: readonly PromisedLead[], now: Date, key: Key): LeadFacts | null {
  let best: { facts: PromisedLead; key: readonly number[] } | null = null;
  for (const facts of leads) {
    const own = [...key(facts, now), facts.leadId];
    const differs = best?.key.findIndex((value, index) => value !== own[index]) ?? 0;
    if (best === null || (own[differs] ?? 0) < (best.key[differs] ?? 0)) best = { facts, key: own };
  }
  return best?.facts ?? null;
}

const market = (name: string, key: Key, may: (facts: PromisedLead, now: Date) => boolean = always): CallOrder => ({
  name,
  guards: false,
  helps: false,
  asksCapacity: false,
  seesPromiseFrom: atAgreedTime,
  placeOf: (facts) => ({ rank: facts.triesTotal, sortKey: facts.position }),
  firstPromised: (leads, { now }) =>
    smallest(
      leads.filter((facts) => may(facts, now)),
      now,
      key,
    ),
  promisedFirst: always,
});

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const dueAt = ({ promise }: PromisedLead): number => promise.promisedAt.getTime();

/** One priority for all callbacks, in no order, and none before the next filling at the full minute. */
const onePriority = market(
  'callbacks unordered, filled once a minute',
  (facts) => [facts.triesTotal],
  ({ promise }, now) => atAgreedTime(promise).getTime() <= Math.floor(now.getTime() / minuteMs) * minuteMs,
);

const overdueFirst = market('overdue callbacks before those on time', (facts, now) => [
  facts.promise.deadlineAt < now ? 0 : 1,
  dueAt(facts),
]);

const latestFirst = market('callbacks most recently due first', (facts) => [-dueAt(facts)]);

/** A callback missed on its day is seen on later days only from its time of day on. */
const timeOfDay = market(
  'missed callbacks only from their time of day',
  (facts) => [dueAt(facts)],
  (facts, now) => {
    const at = dueAt(facts);
    return Math.floor(at / dayMs) === Math.floor(now.getTime() / dayMs) || now.getTime() % dayMs >= at % dayMs;
  },
);

const callableSince = (facts: LeadFacts): number =>
  facts.promise ? atAgreedTime(facts.promise).getTime() : (facts.retryAt?.getTime() ?? 0);

/** Whoever became callable first, promised or not. */
const fifo: CallOrder = {
  ...market('plain FIFO', (facts) => [callableSince(facts)]),
  placeOf: (facts) => ({ rank: callableSince(facts), sortKey: facts.position }),
  promisedFirst: (promised, other) => callableSince(promised) <= callableSince(other),
};

/** Our order and those of the market. */
export const callOrders: readonly [CallOrder, ...CallOrder[]] = [ours, onePriority, overdueFirst, latestFirst, timeOfDay, fifo];

/** Our order without one of its rules each: what that rule is worth. */
export const withoutOneRule: readonly CallOrder[] = [
  { ...ours, name: 'ours without the guard', guards: false },
  { ...ours, name: 'ours without the team’s help', helps: false },
  { ...ours, name: 'ours without capacity', asksCapacity: false },
];
