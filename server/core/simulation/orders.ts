import type { LeadFacts, QueueRules, QueueView } from '../queue/facts.ts';
import { orderQueue } from '../queue/order.ts';

/** A way of choosing the next call among leads that are the rep's and whose pauses are over. */
export interface CallOrder {
  name: string;
  /** From when an order looks at a promise at all. */
  seesPromiseFrom: (promise: NonNullable<LeadFacts['promise']>) => Date;
  /** Whether a call that is no obligation waits while a promise is about to begin. */
  guards: boolean;
  next: (leads: readonly LeadFacts[], view: QueueView, rules: QueueRules) => LeadFacts | null;
}

type Key = (facts: LeadFacts, now: Date) => readonly number[];

const dueAt = (facts: LeadFacts): number => facts.promise?.promisedAt.getTime() ?? 0;

function first(leads: readonly LeadFacts[], now: Date, key: Key): LeadFacts | null {
  let best: { facts: LeadFacts; key: readonly number[] } | null = null;
  for (const facts of leads) {
    const own = [...key(facts, now), facts.leadId];
    const ahead = best?.key.findIndex((value, index) => value !== own[index]) ?? 0;
    if (best === null || (own[ahead] ?? 0) < (best.key[ahead] ?? 0)) best = { facts, key: own };
  }
  return best?.facts ?? null;
}

/** The cold lead that the order puts first; hundreds wait behind it at every call. */
function headOf(leads: readonly LeadFacts[]): LeadFacts[] {
  let head: LeadFacts | null = null;
  for (const facts of leads)
    if (head === null || facts.triesTotal < head.triesTotal || (facts.triesTotal === head.triesTotal && facts.position < head.position))
      head = facts;
  return head === null ? [] : [head];
}

/** Ours: the product's own order. Only the strongest kind present is sorted; the order never mixes them. */
const ours: CallOrder = {
  name: 'our order',
  seesPromiseFrom: (promise) => promise.startsAt,
  guards: true,
  next: (leads, view, rules) => {
    const promised = leads.filter(({ promise }) => promise !== null);
    const staged = leads.filter(({ stage, isCustomer }) => stage !== null || isCustomer);
    const strongest = promised.length > 0 ? promised : staged.length > 0 ? staged : headOf(leads);
    return orderQueue(strongest, view, rules)[0]?.facts ?? null;
  },
};

/** Callbacks of the market appear at the agreed time, those of a window when it begins. */
const atAgreedTime: CallOrder['seesPromiseFrom'] = ({ startsAt, promisedAt }) =>
  promisedAt.getTime() - startsAt.getTime() <= 60 * 60_000 ? promisedAt : startsAt;

const market = (name: string, key: Key, may: (facts: LeadFacts, now: Date) => boolean = () => true): CallOrder => ({
  name,
  seesPromiseFrom: atAgreedTime,
  guards: false,
  next: (leads, { now }) =>
    first(
      leads.filter((facts) => may(facts, now)),
      now,
      key,
    ),
});

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const promisedFirst = ({ promise }: LeadFacts): number => (promise === null ? 1 : 0);

/** One priority for all callbacks, in no order, and none before the next filling at the full minute. */
const onePriority = market(
  'callbacks unordered, filled once a minute',
  (facts) => [promisedFirst(facts), facts.triesTotal],
  ({ promise }, now) => promise === null || atAgreedTime(promise).getTime() <= Math.floor(now.getTime() / minuteMs) * minuteMs,
);

const overdueFirst = market('overdue callbacks before those on time', (facts, now) => [
  promisedFirst(facts),
  facts.promise !== null && facts.promise.deadlineAt < now ? 0 : 1,
  dueAt(facts),
  facts.triesTotal,
]);

const latestFirst = market('callbacks most recently due first', (facts) => [promisedFirst(facts), -dueAt(facts), facts.triesTotal]);

/** A callback missed on its day is seen on later days only from its time of day on. */
const timeOfDay = market(
  'missed callbacks only from their time of day',
  (facts) => [promisedFirst(facts), dueAt(facts), facts.triesTotal],
  ({ promise }, now) => {
    if (promise === null) return true;
    const at = promise.promisedAt.getTime();
    const sameDay = Math.floor(at / dayMs) === Math.floor(now.getTime() / dayMs);
    return sameDay || now.getTime() % dayMs >= at % dayMs;
  },
);

/** Whoever became callable first, promised or not. */
const fifo = market('plain FIFO', (facts) => [facts.promise ? atAgreedTime(facts.promise).getTime() : (facts.retryAt?.getTime() ?? 0)]);

export const callOrders: readonly CallOrder[] = [ours, onePriority, overdueFirst, latestFirst, timeOfDay, fifo];
