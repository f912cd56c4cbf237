import { dayChangesSchema, type DayAnswer, type DayForecastView, type DayQuestion } from '../../contract/http/simulation.ts';
import { hoursAhead, instantOf } from '../../core/hours/local-time.ts';
import { spreadLists } from '../../core/lists/spread-lists.ts';
import { compareDays, type DayForecast } from '../../core/simulation/day.ts';
import { changedPlan, movedPromises, type DayChanges, type DayPlan } from '../../core/simulation/day-plan.ts';
import type { Actor } from '../actor.ts';
import { inTurns } from '../in-turns.ts';
import type { LeadLabels } from '../ports/stores/queue.ts';
import { planOf, type SimulationContext } from './day-plan.ts';

/** Days that are played for one answer. */
const runs = 9;

function viewOf(forecast: DayForecast, labels: readonly LeadLabels[]): DayForecastView {
  const named = new Map(labels.map((label) => [label.leadId, { id: label.companyId, name: label.companyName }]));
  return {
    ...forecast,
    atRisk: forecast.atRisk.flatMap(({ leadId, deadlineAt, ...promise }) => {
      const company = named.get(leadId);
      return company ? [{ ...promise, company, deadlineAt: deadlineAt.toISOString() }] : [];
    }),
    lists: forecast.lists.map(({ dryAt, ...list }) => ({ ...list, dryAt: dryAt?.toISOString() ?? null })),
  };
}

/** The changes with the lists dealt out by the rule that is asked for; null when nothing is to be otherwise. */
function withSpread(plan: DayPlan, { changes, spread, date }: DayQuestion, listIds: readonly number[]): DayChanges | null {
  if (spread === undefined) return changes ?? null;
  const asked = changes ?? dayChangesSchema.parse({});
  const noon = instantOf(`${date}T12:00`, 'UTC');
  const present = changedPlan(plan, asked).reps.filter((rep) => !rep.absent);
  const reps = present.map(({ id, timeZone }) => ({ id, hoursAhead: hoursAhead(noon, timeZone) }));
  const lists = listIds.map((id) => {
    const zones = plan.leads.flatMap(({ list, repId, timeZone }) =>
      repId === null && list?.id === id ? [hoursAhead(noon, timeZone)] : [],
    );
    return { id, cold: zones.length + (plan.coldBeyond.get(id) ?? 0), hoursAhead: middleOf(zones) };
  });
  return { ...asked, handOuts: spreadLists(lists, reps, spread) };
}

const middleOf = (numbers: readonly number[]): number | null =>
  numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? null;

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
 * @throws Refused 404 for another's team
 */
export async function simulateTeamDay(app: SimulationContext, actor: Actor, question: DayQuestion): Promise<DayAnswer> {
  const { plan, found, listIds, workingDay } = await planOf(app, actor, question);
  const changes = withSpread(plan, question, listIds);
  const moved = changes === null ? [] : movedPromises(plan, changedPlan(plan, changes));
  // The same seed for the same day: asking again tells the same, and both columns meet the same fates.
  const { base, changed } = await inTurns(compareDays(plan, changes, { runs, seed: Date.parse(question.date) / 86_400_000 }));
  const leadIds = [...base.atRisk, ...(changed?.atRisk ?? [])].map(({ leadId }) => leadId);
  const labels = await app.unitOfWork.run((stores) => stores.queue.labels([...new Set(leadIds)]));
  const { maxDialsPerDay, customersBeforeHot } = plan.rules;
  return {
    date: question.date,
    workingDay,
    reps: found.map(({ id, name, absent, listIds: own }) => ({ id, name, absent, listIds: own })),
    lists: await app.reads.simulation.lists(listIds),
    rules: { guardPercent: plan.guardPercent, maxDialsPerDay, customersBeforeHot },
    base: viewOf(base, labels),
    changed: changed && viewOf(changed, labels),
    handOuts: (changes?.handOuts ?? []).map(({ listId, repIds }) => ({ listId, repIds: [...repIds] })),
    promisesTo: countedMoves(moved),
  };
}
