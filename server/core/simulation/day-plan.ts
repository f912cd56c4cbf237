import type { LeadFacts, QueueRules } from '../queue/facts.ts';
import type { TakeoverRules } from '../queue/takeover.ts';
import type { RetryRules } from '../retry/plan-retry.ts';
import type { LearnedDuration } from '../schedule/durations.ts';

export interface DayRep {
  id: number;
  /** Only his team helps him. */
  teamId: number | null;
  /** His shift, as instants. */
  startsAt: Date;
  endsAt: Date;
  timeZone: string;
  absent: boolean;
  /** Lists handed to him that day. */
  listIds: readonly number[];
}

/** How often somebody answers. */
export interface AnswerShares {
  promise: number;
  stage: number;
  cold: number;
}

/** One day of a team, as it would be worked: everything that the simulation depends on, in plain data that another process can be given. */
export interface DayPlan {
  reps: readonly DayRep[];
  /** Leads of these reps and of their lists that may be called that day. */
  leads: readonly LeadFacts[];
  /** Never dialled ones of a list beyond those among the leads: such a list does not run dry that day. */
  coldBeyond: ReadonlyMap<number, number>;
  rules: QueueRules;
  retry: RetryRules;
  guardMinutes: number;
  guardPercent: number;
  takeover: TakeoverRules;
  /** How long calls last. */
  learned: readonly LearnedDuration[];
  answers: AnswerShares;
  /** Mean pause of a rep between two calls. */
  restSeconds: number;
}

/** What somebody would do differently that day. */
export interface DayChanges {
  absentRepIds: readonly number[];
  presentRepIds: readonly number[];
  /** Who works a list instead of those it is handed to. */
  handOuts: readonly { listId: number; repIds: readonly number[] }[];
  /** The promises of who is absent go to those who are there, the least loaded first. */
  shareAbsentPromises: boolean;
  guardPercent: number | null;
  maxDialsPerDay: number | null;
  customersBeforeHot: boolean | null;
}

/** Promises of absent reps spread over those who are there: each to whoever has the fewest, in the order of their deadlines. */
export function sharePromises(leads: readonly LeadFacts[], reps: readonly Pick<DayRep, 'id' | 'absent'>[]): LeadFacts[] {
  const absent = new Set(reps.filter((rep) => rep.absent).map(({ id }) => id));
  const load = new Map(reps.filter((rep) => !rep.absent).map(({ id }) => [id, 0]));
  for (const { promise, repId } of leads) {
    const own = repId === null ? undefined : load.get(repId);
    if (promise && repId !== null && own !== undefined) load.set(repId, own + 1);
  }
  const orphans = leads
    .flatMap((facts) => (facts.promise && facts.repId !== null && absent.has(facts.repId) ? [{ facts, promise: facts.promise }] : []))
    .sort(
      (left, right) => left.promise.deadlineAt.getTime() - right.promise.deadlineAt.getTime() || left.facts.leadId - right.facts.leadId,
    );
  const takers = new Map<number, number>();
  for (const { facts } of orphans) {
    const [least] = [...load].sort(([leftId, left], [rightId, right]) => left - right || leftId - rightId);
    if (!least) break;
    takers.set(facts.leadId, least[0]);
    load.set(least[0], least[1] + 1);
  }
  return leads.map((facts) => ({ ...facts, repId: takers.get(facts.leadId) ?? facts.repId }));
}

/** The day with the changes made; the day itself stays as it is. */
export function changedPlan(plan: DayPlan, changes: DayChanges): DayPlan {
  const absent = new Set(changes.absentRepIds);
  const present = new Set(changes.presentRepIds);
  const handOuts = new Map(changes.handOuts.map(({ listId, repIds }) => [listId, new Set(repIds)]));
  const reps = plan.reps.map((rep) => ({
    ...rep,
    absent: absent.has(rep.id) || (rep.absent && !present.has(rep.id)),
    listIds: [
      ...rep.listIds.filter((listId) => !handOuts.has(listId)),
      ...[...handOuts].flatMap(([listId, repIds]) => (repIds.has(rep.id) ? [listId] : [])),
    ],
  }));
  const { guardPercent, maxDialsPerDay, customersBeforeHot } = changes;
  return {
    ...plan,
    reps,
    leads: changes.shareAbsentPromises ? sharePromises(plan.leads, reps) : plan.leads,
    guardPercent: guardPercent ?? plan.guardPercent,
    rules: {
      ...plan.rules,
      maxDialsPerDay: maxDialsPerDay ?? plan.rules.maxDialsPerDay,
      customersBeforeHot: customersBeforeHot ?? plan.rules.customersBeforeHot,
    },
    retry: { ...plan.retry, maxDialsPerDay: maxDialsPerDay ?? plan.retry.maxDialsPerDay },
  };
}

/** Leads whose promise, due by the end of the day, the changes give to somebody else. */
export function movedPromises(
  before: DayPlan,
  after: DayPlan,
): { leadId: number; companyId: number; fromRepId: number; toRepId: number }[] {
  const endsAt = Math.max(...before.reps.map((rep) => rep.endsAt.getTime()));
  const taker = new Map(after.leads.map(({ leadId, repId }) => [leadId, repId]));
  return before.leads.flatMap(({ leadId, companyId, repId, promise }) => {
    const toRepId = taker.get(leadId) ?? null;
    const isDue = promise !== null && promise.deadlineAt.getTime() <= endsAt;
    return isDue && repId !== null && toRepId !== null && toRepId !== repId ? [{ leadId, companyId, fromRepId: repId, toRepId }] : [];
  });
}
