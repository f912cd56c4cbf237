import type { DayQuestion } from '../../contract/http/simulation.ts';
import { isWorkingDay } from '../../core/hours/calling-hours.ts';
import { addDays, dayBounds, instantOf, localDay } from '../../core/hours/local-time.ts';
import type { DayPlan } from '../../core/simulation/day-plan.ts';
import { answerSharesOf, restSecondsOf } from '../../core/simulation/learned.ts';
import { seesEveryone, type Actor } from '../actor.ts';
import type { AppContext } from '../context.ts';
import type { Reads } from '../ports/reads/index.ts';
import { notFound } from '../problem.ts';
import { placeRules } from '../queue/rules.ts';

export type SimulationContext = AppContext & { reads: Pick<Reads, 'simulation' | 'lists'> };

/** More than one rep dials on a day, so that only a list that is really short runs dry: so many of a list are read for each who works it. */
const leadsPerRep = 250;
/** Days of calls that pauses and the shares of answers are read from. */
const answerDays = 60;

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
  { date, teamId, changes, spread }: Pick<DayQuestion, 'date' | 'teamId' | 'changes' | 'spread'>,
) {
  const settings = await app.settings.read();
  const found = await app.reads.simulation.reps(teamOf(actor, teamId), date);
  const { callingHours: hours, promises, queue, retry } = settings;
  // A rule deals out also what nobody has that day.
  const idle = spread === undefined ? [] : await app.reads.simulation.idleListIds(date);
  const wished = (changes?.handOuts ?? []).map(({ listId }) => listId);
  const listIds = [...new Set([...found.flatMap((rep) => rep.listIds), ...wished, ...idle])];
  const { learned, holidays } = await app.unitOfWork.run(async (stores) => ({
    learned: await stores.queue.durations(listIds),
    holidays: await stores.queue.holidays(),
  }));
  const reps = found.map((rep) => ({
    ...rep,
    startsAt: instantOf(`${date}T${hours.from}`, rep.timeZone),
    endsAt: instantOf(`${date}T${hours.to}`, rep.timeZone),
  }));
  const wanted = (listId: number): number => {
    if (spread !== undefined) return reps.length;
    const changed = changes?.handOuts.find((handOut) => handOut.listId === listId)?.repIds.length ?? 0;
    return Math.max(1, changed, reps.filter((rep) => rep.listIds.includes(listId)).length);
  };
  const pools = [
    ...reps.map(({ id }) => ({ id: -id, limit: leadsPerRep })),
    ...listIds.map((id) => ({ id, limit: leadsPerRep * wanted(id) })),
  ];
  const before = new Date(Math.max(dayBounds(date, actor.timeZone).end.getTime(), ...reps.map(({ endsAt }) => endsAt.getTime())));
  const { facts, coldBeyond } = await app.reads.simulation.leads(pools, before);
  const since = addDays(localDay(app.clock.now(), actor.timeZone), -answerDays);
  const answers = answerSharesOf(await app.reads.simulation.answers(since));
  const restSeconds = restSecondsOf(await app.reads.simulation.pauses(since));
  const plan: DayPlan = {
    reps,
    leads: facts.map((lead) => ({ ...lead, heldBy: null })),
    coldBeyond: new Map(coldBeyond.map(({ listId, count }) => [listId, count])),
    rules: { ...placeRules(settings), hours, holidays },
    retry,
    guardMinutes: promises.guardMinutes,
    guardPercent: promises.guardPercent,
    takeover: queue,
    learned,
    answers,
    restSeconds,
  };
  const holidaysHere = holidays.get(settings.calls.defaultCountry) ?? new Set();
  return { plan, found, listIds, workingDay: isWorkingDay(date, hours, holidaysHere) };
}
