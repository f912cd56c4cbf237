import { calendarName, isCalendarOpen, type HourRules } from '../queue/calendar.ts';
import { waits } from '../queue/eligibility.ts';
import type { LeadFacts, PromiseFacts, QueueRules } from '../queue/facts.ts';
import { Heap } from './heap.ts';
import type { CallOrder } from './orders.ts';

/** Where a lead stands in a simulation: what is looked at thousands of times is kept with it. */
export interface Standing {
  facts: LeadFacts;
  /** Not dialled before, in milliseconds, whatever is promised. */
  readyMs: number;
  /** When its promise is looked at, in milliseconds. */
  seenMs: number;
  /** Its place among leads without a promise; of equal ones the one that has stood there longer. */
  rank: number;
  sortKey: number;
  since: number;
  /** Leads of one calendar stand in one stream, as they do in the queue's table. */
  calendar: string;
}

/** A place that nothing has been looked up for yet. */
export const unplaced = (facts: LeadFacts): Standing => ({
  ...{ facts, readyMs: 0, seenMs: 0, rank: 0, sortKey: 0, since: 0 },
  calendar: calendarName(facts),
});

export type Promised<Lead extends Standing> = Lead & { facts: LeadFacts & { promise: PromiseFacts } };
export const isPromised = <Lead extends Standing>(lead: Lead): lead is Promised<Lead> => lead.facts.promise !== null;

/** Looks its place up anew after its facts have changed. @param since how many were placed before it */
export function place(lead: Standing, order: CallOrder, rules: QueueRules, since: number): void {
  const { facts } = lead;
  lead.readyMs = 0;
  for (const { code, until } of waits(facts, rules)) if (code !== 'promiseLater') lead.readyMs = Math.max(lead.readyMs, until.getTime());
  lead.seenMs = facts.promise ? order.seesPromiseFrom(facts.promise).getTime() : 0;
  if (!facts.promise) Object.assign(lead, order.placeOf(facts, rules));
  lead.since = since;
}

/** The order of leads without a promise. */
export const byPlace = (left: Standing, right: Standing): number =>
  left.rank - right.rank || left.sortKey - right.sortKey || left.since - right.since;
export const byReadiness = (left: Standing, right: Standing): number => left.readyMs - right.readyMs;

/** Calendars are looked at once in so many minutes. */
const calendarStepMs = 5 * 60_000;

/** Whether leads of a calendar are in their calling hours; time only goes forward. */
export class Opening {
  readonly #rules: HourRules;
  readonly #known = new Map<string, { step: number; open: boolean }>();

  constructor(rules: HourRules) {
    this.#rules = rules;
  }

  isOpen({ calendar, facts }: Standing, now: Date): boolean {
    const step = Math.floor(now.getTime() / calendarStepMs);
    const known = this.#known.get(calendar);
    if (known?.step === step) return known.open;
    const open = isCalendarOpen(facts, now, this.#rules);
    this.#known.set(calendar, { step, open });
    return open;
  }
}

/** Leads of one calendar: those that wait come to the others when they are ready. */
interface Stream<Lead extends Standing> {
  ready: Heap<Lead>;
  waiting: Heap<Lead>;
}

/** Leads without a promise of one rep or one list, in streams by calendar. */
export class Pool<Lead extends Standing> {
  readonly #streams = new Map<string, Stream<Lead>>();

  /** Takes up leads that are in order already. */
  static of<Lead extends Standing>(calendars: ReadonlyMap<string, { ready: readonly Lead[]; waiting: readonly Lead[] }>): Pool<Lead> {
    const pool = new Pool<Lead>();
    for (const [calendar, { ready, waiting }] of calendars)
      pool.#streams.set(calendar, { ready: new Heap(byPlace, ready), waiting: new Heap(byReadiness, waiting) });
    return pool;
  }

  put(lead: Lead): void {
    const stream = this.#streams.get(lead.calendar) ?? { ready: new Heap<Lead>(byPlace), waiting: new Heap<Lead>(byReadiness) };
    this.#streams.set(lead.calendar, stream);
    stream.waiting.push(lead);
  }

  /** The first that is ready and in its calling hours. */
  first(now: Date, opening: Opening): Lead | null {
    let first: Lead | null = null;
    for (const { ready, waiting } of this.#streams.values()) {
      for (let next = waiting.first; next && next.readyMs <= now.getTime(); next = waiting.first) {
        waiting.pop();
        ready.push(next);
      }
      const head = ready.first;
      if (head && opening.isOpen(head, now) && (first === null || byPlace(head, first) < 0)) first = head;
    }
    return first;
  }

  /** Takes the one that `first` answered out. */
  take(first: Lead): void {
    this.#streams.get(first.calendar)?.ready.pop();
  }
}
