import { dayBounds, localDay } from '../hours/local-time.ts';
import { meanAndSpread } from '../schedule/durations.ts';
import type { DayPlan, DayRep } from './day-plan.ts';
import { dialLengthsOf, type DialLengths } from './learned.ts';
import type { Colleague, Desk, GuardRules } from './next-call.ts';
import { ours } from './orders.ts';
import { byPlace, byReadiness, Opening, place, Pool, unplaced, type Standing } from './standing.ts';

interface Line {
  ready: Standing[];
  waiting: Standing[];
}

/** A plan's leads where they stand as the day begins; sorted once, however often the day is played. */
export interface Morning {
  /** Leads that were promised a call, by whose they are. */
  promised: ReadonlyMap<number, readonly Standing[]>;
  /** The others by pool (a list, or minus the rep whose they are) and calendar. */
  pools: ReadonlyMap<number, ReadonlyMap<string, Line>>;
  lengths: DialLengths;
}

/** What a rep chooses from all day long. */
interface DayDesk {
  /** How his team sees him. */
  self: Colleague<Standing>;
  team: readonly Colleague<Standing>[];
  pools: Desk<Standing>['pools'];
}

/** One playing of the day. */
export interface DayQueue {
  plan: DayPlan;
  lengths: DialLengths;
  guard: GuardRules;
  promised: ReadonlyMap<number, Set<Standing>>;
  pools: ReadonlyMap<number, Pool<Standing>>;
  desks: ReadonlyMap<number, DayDesk>;
  /** When each lead was dialled first. */
  dialled: Map<number, Date>;
  opening: Opening;
}

/** Lays a plan's leads out as the queue's table has them. */
export function morningOf(plan: DayPlan, startsAt: Date): Morning {
  const promised = new Map<number, Standing[]>();
  const pools = new Map<number, Map<string, Line>>(
    plan.reps.flatMap(({ id, listIds }) => [-id, ...listIds].map((pool) => [pool, new Map()])),
  );
  for (const facts of plan.leads) {
    const lead = unplaced(facts);
    place(lead, ours, plan.rules, facts.leadId);
    if (facts.promise && facts.repId !== null) promised.set(facts.repId, [...(promised.get(facts.repId) ?? []), lead]);
    else {
      const pool = pools.get(facts.repId === null ? (facts.list?.id ?? 0) : -facts.repId);
      const line = pool?.get(lead.calendar) ?? { ready: [], waiting: [] };
      pool?.set(lead.calendar, line);
      (lead.readyMs <= startsAt.getTime() ? line.ready : line.waiting).push(lead);
    }
  }
  for (const { ready, waiting } of [...pools.values()].flatMap((lines) => [...lines.values()])) {
    ready.sort(byPlace);
    waiting.sort(byReadiness);
  }
  return { promised, pools, lengths: dialLengthsOf(plan.learned) };
}

function desksOf({ reps }: DayPlan, promised: DayQueue['promised'], pools: DayQueue['pools']): Map<number, DayDesk> {
  const everybody = reps.map(({ id, teamId, absent }) => ({
    id,
    teamId,
    absent,
    engaged: absent,
    promised: promised.get(id) ?? new Set<Standing>(),
  }));
  return new Map(
    everybody.map((self, index) => [
      self.id,
      {
        self,
        team: everybody.filter(({ id, teamId }) => id !== self.id && teamId !== null && teamId === self.teamId),
        pools: [null, ...(reps[index]?.listIds ?? [])].flatMap((listId) => {
          const pool = pools.get(listId ?? -self.id);
          return pool ? [{ listId, pool }] : [];
        }),
      },
    ]),
  );
}

/** The queue of one playing. Leads are shared with the other playings; what is dialled is copied first. */
export function dayQueueOf(plan: DayPlan, morning: Morning): DayQueue {
  const promised = new Map(plan.reps.map(({ id }) => [id, new Set(morning.promised.get(id) ?? [])]));
  const pools = new Map([...morning.pools].map(([id, lines]) => [id, Pool.of(lines)]));
  const desks = desksOf(plan, promised, pools);
  const { lengths } = morning;
  const anyCall = lengths.talk(null);
  const meanSeconds = anyCall && meanAndSpread(anyCall).meanSeconds;
  const guard = { lengthOf: lengths.talk, meanSeconds, guardMinutes: plan.guardMinutes, guardPercent: plan.guardPercent };
  return { plan, lengths, guard, promised, pools, desks, dialled: new Map(), opening: new Opening(plan.rules) };
}

/** What a rep's next call depends on. */
export function deskOf({ plan, desks, guard, opening, dialled }: DayQueue, rep: DayRep, now: Date): Desk<Standing> {
  const desk = desks.get(rep.id);
  return {
    ...{ order: ours, rules: plan.rules, takeover: plan.takeover, guard, opening },
    ...{ repId: rep.id, repTimeZone: rep.timeZone, dayEnd: dayBounds(localDay(now, rep.timeZone), rep.timeZone).end },
    ...{ promised: desk?.self.promised ?? new Set(), team: desk?.team ?? [], pools: desk?.pools ?? [] },
    wasDialled: ({ facts }) => dialled.has(facts.leadId),
  };
}

/** Says whether a rep is in a call. */
export function engage({ desks }: DayQueue, rep: DayRep, engaged: boolean): void {
  const desk = desks.get(rep.id);
  if (desk) desk.self.engaged = engaged;
}

/** Takes a lead up to be dialled: it stands nowhere until it is put back. */
export function takeUp(queue: DayQueue, lead: Standing): Standing {
  if (lead.facts.promise && lead.facts.repId !== null) queue.promised.get(lead.facts.repId)?.delete(lead);
  return { ...lead, facts: { ...lead.facts } };
}

/** Puts a lead back to where its facts now say. */
export function putBack(queue: DayQueue, lead: Standing): void {
  const { facts } = lead;
  place(lead, ours, queue.plan.rules, facts.leadId);
  if (facts.promise && facts.repId !== null) queue.promised.get(facts.repId)?.add(lead);
  else queue.pools.get(facts.repId === null ? (facts.list?.id ?? 0) : -facts.repId)?.put(lead);
}
