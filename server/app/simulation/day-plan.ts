import type { DayQuestion } from '../../contract/http/simulation.ts';
import { nextWorkingDay } from '../../core/hours/calling-hours.ts';
import { addDays, dayBounds, instantOf, localDay } from '../../core/hours/local-time.ts';
import { failedOutcomes } from '../../core/retry/plan-retry.ts';
import { callLengthOf, type LearnedDuration } from '../../core/schedule/durations.ts';
import type { AnswerShares, DayPlan, DialLengths } from '../../core/simulation/day-plan.ts';
import { seesEveryone, type Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';
import { placeRules } from '../queue/rules.ts';

export type SimulationContext = AppContext & { reads: Pick<Reads, 'simulation'> };

/** More than one rep dials on a day, so that only a list that is really short runs dry. */
const leadsPerRep = 250;
/** Days of calls that pauses and the shares of answers are read from. */
const answerDays = 60;
/** A rep's pause between two calls, until enough are known. */
const usualRestSeconds = 12;
const enoughPauses = 100;
/** So many dials at the usual share are added, so that a few do not sway it. */
const priorDials = 50;
const usualAnswers: AnswerShares = { promise: 0.6, stage: 0.45, cold: 0.3 };
/** Outcomes without a talk. */
const missedCodes: ReadonlySet<string> = new Set([...failedOutcomes, 'invalidNumber']);

function lengthsOf(learned: readonly LearnedDuration[]): DialLengths {
  const missed = learned.filter(({ code }) => missedCodes.has(code));
  const talks = learned.filter(({ code }) => !missedCodes.has(code));
  return { talk: (listId) => callLengthOf(talks, listId), missed: (listId) => callLengthOf(missed, listId) };
}

function sharesOf(rows: Awaited<ReturnType<Reads['simulation']['answers']>>): AnswerShares {
  const share = (kind: keyof AnswerShares): number => {
    const row = rows.find((one) => one.kind === kind) ?? { dials: 0, answered: 0 };
    return (row.answered + priorDials * usualAnswers[kind]) / (row.dials + priorDials);
  };
  return { promise: share('promise'), stage: share('stage'), cold: share('cold') };
}

/** Everybody for a head who names no team; a lead has his own. @throws Refused 404 for another's team */
function teamOf(actor: Actor, teamId: number | undefined): number | null {
  if (seesEveryone(actor)) return teamId ?? null;
  if (actor.teamId === null || (teamId !== undefined && teamId !== actor.teamId)) throw notFound('team');
  return actor.teamId;
}

/** The day as it stands, from the real queue. @throws Refused 404 for another's team */
export async function planOf(
  app: SimulationContext,
  actor: Actor,
  { date, teamId, changes }: Pick<DayQuestion, 'date' | 'teamId' | 'changes'>,
) {
  const settings = await app.settings.read();
  const found = await app.reads.simulation.reps(teamOf(actor, teamId), date);
  const { callingHours: hours, promises, queue, retry } = settings;
  const listIds = [...new Set([...found.flatMap((rep) => rep.listIds), ...(changes?.handOuts ?? []).map(({ listId }) => listId)])];
  const { learned, holidays } = await app.unitOfWork.run(async (stores) => ({
    learned: await stores.queue.durations(listIds),
    holidays: await stores.queue.holidays(),
  }));
  const reps = found.map((rep) => ({
    ...rep,
    startsAt: instantOf(`${date}T${hours.from}`, rep.timeZone),
    endsAt: instantOf(`${date}T${hours.to}`, rep.timeZone),
  }));
  const pools = [...reps.map(({ id }) => -id), ...listIds];
  const before = new Date(Math.max(dayBounds(date, actor.timeZone).end.getTime(), ...reps.map(({ endsAt }) => endsAt.getTime())));
  const { facts, coldBeyond } = await app.reads.simulation.leads(pools, leadsPerRep * Math.max(1, reps.length), before);
  const since = addDays(localDay(app.clock.now(), actor.timeZone), -answerDays);
  const answers = sharesOf(await app.reads.simulation.answers(since));
  const pauses = await app.reads.simulation.pauses(since);
  const plan: DayPlan = {
    reps,
    leads: facts.map((lead) => ({ ...lead, heldBy: null })),
    coldBeyond: new Map(coldBeyond.map(({ listId, count }) => [listId, count])),
    rules: { ...placeRules(settings), hours, holidays },
    retry,
    guardMinutes: promises.guardMinutes,
    guardPercent: promises.guardPercent,
    teamTakesOverAbsent: queue.teamTakesOverAbsent,
    takeOverLateMinutes: queue.takeOverLateMinutes,
    lengths: lengthsOf(learned),
    answers,
    restSeconds: pauses.count < enoughPauses ? usualRestSeconds : pauses.meanSeconds,
  };
  return { plan, found, listIds, workingDay: nextWorkingDay(addDays(date, -1), hours, new Set()) === date };
}
