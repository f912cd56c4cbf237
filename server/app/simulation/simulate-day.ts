import { dayChangesSchema, type DayAnswer, type DayForecastView, type DayQuestion } from '../../contract/http/simulation.ts';
import { instantOf } from '../../core/hours/local-time.ts';
import { spreadLists } from '../../core/lists/spread-lists.ts';
import type { DayForecast } from '../../core/simulation/day.ts';
import { changedPlan, movedPromises, type DayChanges, type DayPlan } from '../../core/simulation/day-plan.ts';
import type { Actor } from '../actor.ts';
import type { DaySimulator, Watch } from '../ports/day-simulator.ts';
import type { SeenLead } from '../ports/stores/queue.ts';
import { spreadListOf, spreadRepsOf } from '../lists/spread-facts.ts';
import { planOf, type SimulationContext } from './day-plan.ts';

/** How often a day is played for one answer: of many reps fewer playings say as much. */
const runsOf = (reps: number): number => (reps > 20 ? 5 : 9);

function viewOf(forecast: DayForecast, leads: readonly SeenLead[]): DayForecastView {
  const named = new Map(leads.map(({ facts, labels }) => [facts.leadId, { id: facts.companyId, name: labels.companyName }]));
  return {
    ...forecast,
    atRisk: forecast.atRisk.flatMap(({ leadId, deadlineAt, ...promise }) => {
      const company = named.get(leadId);
      return company ? [{ ...promise, company, deadlineAt: deadlineAt.toISOString() }] : [];
    }),
    lists: forecast.lists.map(({ dryAt, ...list }) => ({ ...list, dryAt: dryAt?.toISOString() ?? null })),
  };
}

interface Dealt {
  plan: DayPlan;
  /** Who can do what. */
  found: readonly { id: number; skillIds: readonly number[] }[];
  listIds: readonly number[];
}

/** The changes with the lists dealt out by the rule that is asked for; null when nothing is to be otherwise. */
async function withSpread(
  app: SimulationContext,
  { plan, found, listIds }: Dealt,
  { changes, spread, date }: DayQuestion,
): Promise<DayChanges | null> {
  if (spread === undefined) return changes ?? null;
  const asked = changes ?? dayChangesSchema.parse({});
  const noon = instantOf(`${date}T12:00`, 'UTC');
  const skillsOf = new Map(found.map(({ id, skillIds }) => [id, skillIds]));
  const present = changedPlan(plan, asked)
    .reps.filter((rep) => !rep.absent)
    .map(({ id, timeZone }) => ({ id, timeZone, skillIds: skillsOf.get(id) ?? [] }));
  const reps = await spreadRepsOf(app, present, { rule: spread, noon, today: date });
  const lists = (await app.reads.lists.lists({ teamId: null }, date, noon)).filter(({ id }) => listIds.includes(id));
  const dealt = lists.map((list) => spreadListOf(list, noon));
  return { ...asked, handOuts: spreadLists(dealt, reps, spread) };
}

function countedMoves(moves: readonly { fromRepId: number; toRepId: number }[]): DayAnswer['promisesTo'] {
  const counted = new Map<string, DayAnswer['promisesTo'][number]>();
  for (const { fromRepId, toRepId } of moves) {
    const key = `${fromRepId} ${toRepId}`;
    counted.set(key, { fromRepId, toRepId, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return [...counted.values()];
}

/**
 * A team's day as it would be worked from the real queue, and beside it the same day with changes; nothing is written.
 * @throws Refused 404 for another's team; the signal's reason when nobody waits for it any more
 */
export async function simulateTeamDay(
  app: SimulationContext & { daySimulator: DaySimulator },
  actor: Actor,
  question: DayQuestion,
  watch: Watch,
): Promise<DayAnswer> {
  const { plan, found, listIds, workingDay } = await planOf(app, actor, question);
  const lists = await app.reads.simulation.lists(listIds);
  const changes = await withSpread(app, { plan, found, listIds }, question);
  const moved = changes === null ? [] : movedPromises(plan, changedPlan(plan, changes));
  // The same seed for the same day: asking again tells the same, and both columns meet the same fates.
  const luck = { runs: runsOf(plan.reps.length), seed: Date.parse(question.date) / 86_400_000 };
  const { base, changed } = await app.daySimulator.compare({ plan, changes, ...luck }, watch);
  const leadIds = [...base.atRisk, ...(changed?.atRisk ?? [])].map(({ leadId }) => leadId);
  const leads = await app.unitOfWork.run((stores) => stores.queue.seen([...new Set(leadIds)]));
  const { maxDialsPerDay, customersBeforeHot } = plan.rules;
  return {
    date: question.date,
    workingDay,
    reps: found.map(({ id, name, absent, listIds: own, skillIds }) => ({ id, name, absent, listIds: own, skillIds })),
    lists,
    rules: { guardPercent: plan.guardPercent, maxDialsPerDay, customersBeforeHot },
    base: viewOf(base, leads),
    changed: changed && viewOf(changed, leads),
    handOuts: (changes?.handOuts ?? []).map(({ listId, repIds }) => ({ listId, repIds: [...repIds] })),
    promisesTo: countedMoves(moved),
  };
}
