import type { ListCaller } from '../../contract/http/lists.ts';
import { instantOf, localDay } from '../../core/hours/local-time.ts';
import { assignDays, type AssignedDays, type Days } from '../../core/lists/assign-days.ts';
import { spreadLists, type SpreadRule } from '../../core/lists/spread-lists.ts';
import type { Actor } from '../actor.ts';
import { seeLists, type ListParts } from './see-lists.ts';
import { spreadListOf, spreadRepsOf } from './spread-facts.ts';

interface Wish extends Days {
  rule: SpreadRule;
  listIds?: readonly number[] | undefined;
  repIds?: readonly number[] | undefined;
}

export interface PlannedHandOut {
  listId: number;
  repIds: number[];
  assignments: AssignedDays[];
}

/** Whether he is there on one of the days at least. */
const isThere = ({ absentFrom, absentUntil }: ListCaller, { startsOn, endsOn }: Days): boolean =>
  absentFrom === null || startsOn < absentFrom || (absentUntil !== null && absentUntil < endsOn);

/** How a rule would deal lists out for some days, each with all its days as they would stand. Nothing is written. */
export async function planHandOuts(app: ListParts, actor: Actor, { rule, listIds, repIds, ...days }: Wish): Promise<PlannedHandOut[]> {
  const today = localDay(app.clock.now(), actor.timeZone);
  const noon = instantOf(`${days.startsOn}T12:00`, 'UTC');
  const callers = await app.reads.lists.callers(null, today);
  const takers = callers.filter((caller) => (repIds === undefined ? isThere(caller, days) : repIds.includes(caller.id)));
  const reps = await spreadRepsOf(app, takers, { rule, noon, today });
  const lists = (await seeLists(app, actor)).filter(({ id, status, depth }) =>
    listIds === undefined ? status === 'active' && depth.total > 0 : listIds.includes(id),
  );
  const dealt = spreadLists(
    lists.map((list) => spreadListOf(list, noon)),
    reps,
    rule,
  );
  const among = new Set(callers.map(({ id }) => id));
  return dealt.map(({ listId, repIds: dealtTo }) => {
    const stands = lists.find(({ id }) => id === listId)?.assignments ?? [];
    const assigned = stands.map(({ rep, startsOn, endsOn }) => ({ repId: rep.id, startsOn, endsOn }));
    return { listId, repIds: dealtTo, assignments: assignDays(assigned, days, { repIds: dealtTo, among }) };
  });
}
