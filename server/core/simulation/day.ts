import { partOfDay } from '../hours/calling-hours.ts';
import { calendarOf } from '../queue/calendar.ts';
import type { LeadFacts } from '../queue/facts.ts';
import type { CallLength } from '../schedule/durations.ts';
import { exponential, seededChance, type Chance } from './chance.ts';
import { changedPlan, type DayChanges, type DayPlan, type DayRep } from './day-plan.ts';
import { isFresh } from './learned.ts';
import { dayQueueOf, deskOf, engage, morningOf, putBack, takeUp, type DayQueue, type Morning } from './day-queue.ts';
import { chargeDial, missedOutcome, putOff } from './dialling.ts';
import { nextCall } from './next-call.ts';
import { play } from './play.ts';
import type { Standing } from './standing.ts';

/** What is expected of a rep. */
export interface RepForecast {
  repId: number;
  dials: number;
  connects: number;
  /** Of his shift, in calls. */
  busyShare: number;
}

export interface PromiseForecast {
  leadId: number;
  repId: number;
  deadlineAt: Date;
  /** In how many of all runs it was not dialled by its deadline. */
  risk: number;
}

export interface ListForecast {
  listId: number;
  /** Never dialled ones, before and after the day. */
  cold: number;
  coldLeft: number;
  /** In how many of all runs its last one was dialled, and when that was in the middle one of them. */
  dryShare: number;
  dryAt: Date | null;
}

export interface DayForecast {
  dials: number;
  connects: number;
  promisesDue: number;
  /** How many of them are expected to be late. */
  promisesLate: number;
  reps: RepForecast[];
  /** The likelier first. */
  atRisk: PromiseForecast[];
  lists: ListForecast[];
}

/** While nothing is learned. */
const usualTalkSeconds = 180;
const usualMissedSeconds = 34;
const lookAgainMs = 60_000;
/** A promise is named when it is late in at least such a share of the runs. */
const namedRisk = 0.2;

interface Worker {
  rep: DayRep;
  freeAt: Date;
  chance: Chance;
  dials: number;
  connects: number;
  busySeconds: number;
}

interface Run {
  workers: Worker[];
  /** When each lead was dialled first. */
  dialled: ReadonlyMap<number, Date>;
}

function drawSeconds(length: CallLength | null, usual: number, chance: Chance): number {
  let left = chance();
  if (length === null) return exponential(() => left, usual);
  for (const { seconds, weight } of length.points) {
    left -= weight;
    if (left <= 0) return seconds;
  }
  return length.points.at(-1)?.seconds ?? usual;
}

function answerShare({ answers }: DayPlan, facts: LeadFacts): number {
  if (facts.promise) return answers.promise;
  return facts.stage || facts.isCustomer ? answers.stage : answers.cold;
}

/** One dial: an answered company is done for the day, another comes back as the retry rules say. */
function dialOne(queue: DayQueue, worker: Worker, chosen: Standing): void {
  const { plan } = queue;
  const lead = takeUp(queue, chosen);
  const { facts } = lead;
  const now = worker.freeAt;
  if (!queue.dialled.has(facts.leadId)) queue.dialled.set(facts.leadId, now);
  chargeDial(facts, now, facts.timeZone);
  const answered = worker.chance() < answerShare(plan, facts);
  const listId = facts.list?.id ?? null;
  if (!answered) {
    const calendar = calendarOf(facts, plan.rules);
    const triedMorning = partOfDay(now, facts.timeZone, calendar.hours) === 'morning' ? 1 : 0;
    const outcome = missedOutcome(worker.chance());
    putOff(facts, { outcome, now, triedMorning }, { ...calendar, timeZone: facts.timeZone, retry: plan.retry });
    if (!facts.exhausted) putBack(queue, lead);
  }
  const seconds = answered
    ? drawSeconds(queue.lengths.talk(listId), usualTalkSeconds, worker.chance)
    : drawSeconds(queue.lengths.missed(listId), usualMissedSeconds, worker.chance);
  worker.dials += 1;
  worker.connects += answered ? 1 : 0;
  worker.busySeconds += seconds;
  const endedMs = now.getTime() + seconds * 1000;
  const restedMs = endedMs + exponential(worker.chance, plan.restSeconds) * 1000;
  // A promise that begins ends his pause, and so does one that began while he spoke: he is told of both.
  const begins = [...(queue.promised.get(worker.rep.id) ?? [])].flatMap((other) => {
    const { leadId, promise } = other.facts;
    const isOwed = promise !== null && promise.deadlineAt.getTime() >= endedMs && !queue.dialled.has(leadId);
    return isOwed ? [Math.max(other.readyMs, other.seenMs)] : [];
  });
  worker.freeAt = new Date(Math.max(endedMs, Math.min(restedMs, ...begins)));
}

function runOnce(plan: DayPlan, morning: Morning, seed: number): Run {
  const queue = dayQueueOf(plan, morning);
  const workers = plan.reps
    .filter((rep) => !rep.absent)
    .map((rep): Worker => ({
      rep,
      freeAt: rep.startsAt,
      chance: seededChance(seed * 7_919 + rep.id),
      dials: 0,
      connects: 0,
      busySeconds: 0,
    }));
  play(
    workers,
    ({ rep }) => rep.endsAt,
    (worker, now) => {
      engage(queue, worker.rep, false);
      const lead = nextCall(deskOf(queue, worker.rep, now), now);
      if (lead) {
        dialOne(queue, worker, lead);
        engage(queue, worker.rep, true);
      } else worker.freeAt = new Date(now.getTime() + lookAgainMs);
    },
  );
  return { workers, dialled: queue.dialled };
}

const meanOf = (runs: readonly Run[], figure: (run: Run) => number): number =>
  runs.reduce((sum, run) => sum + figure(run), 0) / Math.max(1, runs.length);

function promisesOf(plan: DayPlan, runs: readonly Run[], bounds: { startsAt: Date; endsAt: Date }): PromiseForecast[] {
  const due = plan.leads.flatMap(({ leadId, repId, promise }) =>
    promise && repId !== null && promise.deadlineAt >= bounds.startsAt && promise.deadlineAt <= bounds.endsAt
      ? [{ leadId, repId, deadlineAt: promise.deadlineAt }]
      : [],
  );
  const lateShare = ({ leadId, deadlineAt }: (typeof due)[number]): number =>
    runs.filter(({ dialled }) => (dialled.get(leadId) ?? Infinity) > deadlineAt).length / Math.max(1, runs.length);
  return due.map((promise) => ({ ...promise, risk: lateShare(promise) }));
}

function listsOf(plan: DayPlan, runs: readonly Run[]): ListForecast[] {
  const coldIds = new Map<number, Set<number>>();
  for (const facts of plan.leads)
    if (isFresh(facts) && facts.list) coldIds.set(facts.list.id, (coldIds.get(facts.list.id) ?? new Set()).add(facts.leadId));
  return [...new Set(plan.reps.flatMap(({ listIds }) => listIds))]
    .toSorted((left, right) => left - right)
    .map((listId) => {
      const ids = coldIds.get(listId) ?? new Set();
      const beyond = plan.coldBeyond.get(listId) ?? 0;
      const dialled = runs.map((run) => [...run.dialled].flatMap(([leadId, at]) => (ids.has(leadId) ? [at] : [])));
      const dry = dialled
        .filter((times) => beyond === 0 && times.length === ids.size)
        .map((times) => Math.max(...times.map((time) => time.getTime())))
        .filter(Number.isFinite)
        .sort((left, right) => left - right);
      const middle = dry[Math.floor(dry.length / 2)];
      const mean = dialled.reduce((sum, times) => sum + times.length, 0) / Math.max(1, runs.length);
      return {
        listId,
        cold: ids.size + beyond,
        coldLeft: ids.size + beyond - mean,
        dryShare: ids.size + beyond === 0 ? 1 : dry.length / Math.max(1, runs.length),
        dryAt: middle === undefined ? null : new Date(middle),
      };
    });
}

/** How often a day is played, by which luck, and who hears how much of it is done. */
export interface Playing {
  runs: number;
  seed: number;
  onProgress: (share: number) => void;
}

/**
 * A day as it would be worked, in the middle of some runs: the real leads in the product's own order, with chances and lengths that were
 * learned. What talks lead to on the same day (a call back this afternoon) is not guessed. It takes seconds for a large team: no work for
 * the thread that carries calls.
 */
export function simulateDay(plan: DayPlan, { runs: howMany, seed, onProgress }: Playing): DayForecast {
  const startsAt = new Date(Math.min(...plan.reps.map((rep) => rep.startsAt.getTime())));
  const endsAt = new Date(Math.max(...plan.reps.map((rep) => rep.endsAt.getTime())));
  const morning = morningOf(plan, startsAt);
  const runs: Run[] = [];
  for (let index = 0; plan.reps.length > 0 && index < howMany; index += 1) {
    runs.push(runOnce(plan, morning, seed + index));
    onProgress((index + 1) / howMany);
  }
  const reps = plan.reps.map((rep): RepForecast => {
    const mean = (figure: (worker: Worker) => number): number =>
      meanOf(runs, ({ workers }) => workers.reduce((sum, worker) => sum + (worker.rep.id === rep.id ? figure(worker) : 0), 0));
    const shiftSeconds = Math.max(1, (rep.endsAt.getTime() - rep.startsAt.getTime()) / 1000);
    return {
      repId: rep.id,
      dials: mean(({ dials }) => dials),
      connects: mean(({ connects }) => connects),
      busyShare: Math.min(1, mean(({ busySeconds }) => busySeconds) / shiftSeconds),
    };
  });
  const promises = promisesOf(plan, runs, { startsAt, endsAt });
  return {
    dials: reps.reduce((sum, { dials }) => sum + dials, 0),
    connects: reps.reduce((sum, { connects }) => sum + connects, 0),
    promisesDue: promises.length,
    promisesLate: promises.reduce((sum, { risk }) => sum + risk, 0),
    reps,
    atRisk: promises
      .filter(({ risk }) => risk >= namedRisk)
      .sort((left, right) => right.risk - left.risk || left.deadlineAt.getTime() - right.deadlineAt.getTime()),
    lists: listsOf(plan, runs),
  };
}

export interface ComparedDays {
  base: DayForecast;
  changed: DayForecast | null;
}

/** The day as it stands beside the day with the changes, by the same chances. */
export function compareDays(plan: DayPlan, changes: DayChanges | null, { onProgress, ...luck }: Playing): ComparedDays {
  const parts = changes === null ? 1 : 2;
  const base = simulateDay(plan, { ...luck, onProgress: (share) => onProgress(share / parts) });
  if (changes === null) return { base, changed: null };
  return { base, changed: simulateDay(changedPlan(plan, changes), { ...luck, onProgress: (share) => onProgress((1 + share) / parts) }) };
}
