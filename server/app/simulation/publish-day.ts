import type { DayToPublish } from '../../contract/http/simulation.ts';
import { localDay } from '../../core/hours/local-time.ts';
import { assignDays } from '../../core/lists/assign-days.ts';
import { changedPlan, movedPromises } from '../../core/simulation/day-plan.ts';
import type { Actor } from '../actor.ts';
import { handOut } from '../lists/hand-out.ts';
import { seeList, type ListParts } from '../lists/see-lists.ts';
import { invalid, Refused } from '../problem.ts';
import { handOverPromise } from '../promises/hand-over-promise.ts';
import { planOf } from './day-plan.ts';

/** False when the promise cannot go on now: its company is in a call, or it was closed meanwhile. */
async function giveOn(app: ListParts, actor: Actor, move: { companyId: number; toRepId: number }): Promise<boolean> {
  const promise = await app.unitOfWork.run((stores) => stores.promises.openOf(move.companyId));
  if (!promise) return false;
  try {
    await handOverPromise(app, actor, promise.id, { repId: move.toRepId, reason: 'План дня: сотрудник отсутствует' });
    return true;
  } catch (error) {
    if (error instanceof Refused && error.status === 409) return false;
    throw error;
  }
}

/**
 * Does what the simulated changes say: hands the lists out for that day, gives the promises of who is absent to the takers that were shown.
 * Each list and each promise is a step of its own, as if it were done by hand; asking again does what is left.
 * @throws Refused 404 for another's team or list; 422 `dayPassed`, `listClosed`, `repAbsent`
 */
export async function publishDay(
  app: ListParts,
  actor: Actor,
  question: DayToPublish,
): Promise<{ lists: number; promises: number; promisesLeft: number }> {
  if (question.date < localDay(app.clock.now(), actor.timeZone)) throw invalid('date', 'dayPassed', 'Этот день уже прошёл');
  const { plan } = await planOf(app, actor, question);
  const among = new Set(plan.reps.map(({ id }) => id));
  for (const { listId, repIds } of question.changes.handOuts) {
    const { assignments } = await seeList(app, actor, listId);
    const assigned = assignments.map(({ rep, startsOn, endsOn }) => ({ repId: rep.id, startsOn, endsOn }));
    await handOut(app, actor, listId, assignDays(assigned, { startsOn: question.date, endsOn: question.date }, { repIds, among }));
  }
  const moves = movedPromises(plan, changedPlan(plan, question.changes));
  let promises = 0;
  for (const move of moves) promises += (await giveOn(app, actor, move)) ? 1 : 0;
  return { lists: question.changes.handOuts.length, promises, promisesLeft: moves.length - promises };
}
