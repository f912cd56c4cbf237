import { addMinutes } from '../hours/local-time.ts';
import { calendarName, isCalendarOpen } from '../queue/calendar.ts';
import { waits } from '../queue/eligibility.ts';
import type { LeadFacts } from '../queue/facts.ts';
import { compareQueued, type QueuedLead } from '../queue/order.ts';
import { tierOf } from '../queue/tiers.ts';
import { mayStartBefore } from '../schedule/durations.ts';
import type { DayPlan, DayRep } from './day-plan.ts';

/** A lead on the simulated day. */
export interface DayLead {
  facts: LeadFacts;
  dialledAt: Date | null;
  /** Answered, or out of tries: nothing more that day. */
  over: boolean;
  /** Not callable before, in milliseconds; looked up thousands of times, so it is kept. */
  readyMs: number;
  calendar: string;
}

/** The leads in streams as the queue's table has them: one of each rep's own, one of each list; promises apart. */
export interface DayQueue {
  promised: Map<number, DayLead[]>;
  /** Promises of earlier days: their order does not change while the day passes. */
  overdue: Map<number, DayLead[]>;
  own: Map<number, DayLead[]>;
  lists: Map<number, DayLead[]>;
  isOpen: (lead: DayLead, now: Date) => boolean;
}

/** Calendars are looked at once in so many minutes. */
const calendarStepMinutes = 5;

const push = (streams: Map<number, DayLead[]>, key: number, lead: DayLead): void => {
  const stream = streams.get(key);
  if (stream) stream.push(lead);
  else streams.set(key, [lead]);
};

/** A plan's leads in the product's own order as the day begins; sorted once, however often the day is played. */
export function sortedLeads(plan: DayPlan, startsAt: Date): readonly QueuedLead[] {
  const view = { now: startsAt, repTimeZone: plan.reps[0]?.timeZone ?? 'UTC', agedBefore: null };
  return plan.leads
    .map((facts): QueuedLead => ({ facts, tier: tierOf(facts, view) }))
    .sort((left, right) => compareQueued(left, right, view, plan.rules).result);
}

/** Lays sorted leads out for one day; they are copied, for the day changes them. */
export function dayQueueOf(plan: DayPlan, sorted: readonly QueuedLead[]): DayQueue {
  const known = new Map<string, Map<number, boolean>>();
  const queue: DayQueue = {
    promised: new Map(),
    overdue: new Map(),
    own: new Map(),
    lists: new Map(),
    isOpen: ({ facts, calendar }, now) => {
      const steps = known.get(calendar) ?? new Map<number, boolean>();
      const step = Math.floor(now.getTime() / (calendarStepMinutes * 60_000));
      const open = steps.get(step) ?? isCalendarOpen(facts, now, plan.rules);
      known.set(calendar, steps.set(step, open));
      return open;
    },
  };
  for (const { facts: unchanged, tier } of sorted) {
    const facts = { ...unchanged };
    const lead: DayLead = { facts, dialledAt: null, over: false, readyMs: readyMsOf(facts, plan), calendar: calendarName(facts) };
    if (facts.promise && facts.repId !== null) push(tier === 'overdueEarlier' ? queue.overdue : queue.promised, facts.repId, lead);
    else if (facts.repId !== null) push(queue.own, facts.repId, lead);
    else if (facts.list) push(queue.lists, facts.list.id, lead);
  }
  return queue;
}

/** From when nothing that passes by itself keeps it out. */
export const readyMsOf = (facts: LeadFacts, { rules }: DayPlan): number =>
  Math.max(0, ...waits(facts, rules).map(({ until }) => until.getTime()));

function isReady(queue: DayQueue, lead: DayLead, now: Date): boolean {
  if (lead.over || lead.readyMs > now.getTime()) return false;
  const { promise } = lead.facts;
  return (promise?.askedOutsideHours === true && now <= promise.deadlineAt) || queue.isOpen(lead, now);
}

/** Whose promises he may dial, each with the instant before which their deadline must lie: his own all, colleagues' as the settings say. */
function promisersOf(plan: DayPlan, rep: DayRep, now: Date): { repId: number; before: Date | null }[] {
  const late = plan.takeOverLateMinutes > 0 ? addMinutes(now, -plan.takeOverLateMinutes) : null;
  const colleagues = plan.reps.flatMap(({ id, absent }) => {
    const before = absent && plan.teamTakesOverAbsent ? now : late;
    return id === rep.id || before === null ? [] : [{ repId: id, before }];
  });
  return [{ repId: rep.id, before: null }, ...colleagues];
}

const isBefore = ({ facts: { promise } }: DayLead, before: Date | null): boolean =>
  before === null || (promise !== null && promise.deadlineAt < before);

/** When his next promise that may not be dialled yet begins, and falls due; null when none is ahead. */
export function promiseAhead(queue: DayQueue, rep: DayRep, now: Date): { startsMs: number; dueMs: number } | null {
  const ahead = (queue.promised.get(rep.id) ?? []).flatMap(({ facts: { promise }, over, readyMs }) =>
    !over && promise && readyMs > now.getTime() ? [{ startsMs: readyMs, dueMs: Math.max(readyMs, promise.promisedAt.getTime()) }] : [],
  );
  if (ahead.length === 0) return null;
  return { startsMs: Math.min(...ahead.map(({ startsMs }) => startsMs)), dueMs: Math.min(...ahead.map(({ dueMs }) => dueMs)) };
}

/** The promise guard as the queue has it: which list's calls would end before his next promise falls due. */
function guardOf(queue: DayQueue, plan: DayPlan, rep: DayRep, now: Date): (listId: number | null) => boolean {
  const ahead = promiseAhead(queue, rep, now);
  if (ahead === null) return () => true;
  const secondsLeft = (ahead.dueMs - now.getTime()) / 1000;
  return (listId) => mayStartBefore(plan.lengths.talk(listId), secondsLeft, plan.guardPercent, plan.guardMinutes * 60);
}

/** The next call of a rep by the queue's own order: promises first, then the best of the streams' heads. Null when nothing may be called. */
export function nextOf(queue: DayQueue, plan: DayPlan, rep: DayRep, now: Date): DayLead | null {
  const view = { now, repTimeZone: rep.timeZone, agedBefore: null };
  const best = (leads: readonly DayLead[]): DayLead | null => {
    let first: { lead: DayLead; queued: QueuedLead } | null = null;
    for (const lead of leads) {
      const queued = { facts: lead.facts, tier: tierOf(lead.facts, view) };
      if (first === null || compareQueued(queued, first.queued, view, plan.rules).result < 0) first = { lead, queued };
    }
    return first?.lead ?? null;
  };
  const promisers = promisersOf(plan, rep, now);
  const mayCall = (lead: DayLead, before: Date | null): boolean => isBefore(lead, before) && isReady(queue, lead, now);
  const today = promisers.flatMap(({ repId, before }) => (queue.promised.get(repId) ?? []).filter((lead) => mayCall(lead, before)));
  const earlier = promisers.flatMap(({ repId, before }) => (queue.overdue.get(repId) ?? []).find((lead) => mayCall(lead, before)) ?? []);
  const promised = best(today) ?? best(earlier);
  if (promised) return promised;
  const fits = guardOf(queue, plan, rep, now);
  const streams = [
    ...(fits(null) ? [queue.own.get(rep.id) ?? []] : []),
    ...rep.listIds.filter(fits).map((listId) => queue.lists.get(listId) ?? []),
  ];
  return best(streams.flatMap((stream) => stream.find((lead) => isReady(queue, lead, now)) ?? []));
}

/** A cold lead that was tried stands behind those that were not. */
export function sinkTried(queue: DayQueue, lead: DayLead): void {
  const { facts } = lead;
  const stream =
    facts.repId === null && facts.list && facts.stage === null && !facts.isCustomer ? queue.lists.get(facts.list.id) : undefined;
  const at = stream?.indexOf(lead) ?? -1;
  if (stream && at >= 0) stream.push(...stream.splice(at, 1));
}
