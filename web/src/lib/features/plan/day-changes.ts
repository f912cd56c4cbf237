import type { DayAnswer, DayQuestion } from '$contract/http/simulation.ts';

/** What somebody has ticked otherwise than it stands. */
export interface Ticks {
  /** By rep: whether he comes. */
  present: Readonly<Record<number, boolean>>;
  /** By `list rep`: whether he works the list. */
  works: Readonly<Record<string, boolean>>;
  sharePromises: boolean;
  guardPercent: number | null;
  maxDialsPerDay: number | null;
}

export const noTicks: Ticks = { present: {}, works: {}, sharePromises: false, guardPercent: null, maxDialsPerDay: null };

export const keyOf = (listId: number, repId: number): string => `${listId} ${repId}`;

export const isPresent = (ticks: Ticks, rep: DayAnswer['reps'][number]): boolean => ticks.present[rep.id] ?? !rep.absent;
export const worksOn = (ticks: Ticks, rep: DayAnswer['reps'][number], listId: number): boolean =>
  ticks.works[keyOf(listId, rep.id)] ?? rep.listIds.includes(listId);

/** Ticks for every list that is dealt out, one for each rep. */
export const worksOf = (handOuts: DayAnswer['handOuts'], reps: DayAnswer['reps']): Record<string, boolean> =>
  Object.fromEntries(handOuts.flatMap(({ listId, repIds }) => reps.map(({ id }) => [keyOf(listId, id), repIds.includes(id)])));

/** The ticks as the changes to ask about; undefined when all stands as it is. */
export function changesOf(answer: Pick<DayAnswer, 'reps' | 'lists' | 'rules'>, ticks: Ticks): DayQuestion['changes'] {
  const { reps, lists, rules } = answer;
  const absentRepIds = reps.filter((rep) => !rep.absent && !isPresent(ticks, rep)).map(({ id }) => id);
  const presentRepIds = reps.filter((rep) => rep.absent && isPresent(ticks, rep)).map(({ id }) => id);
  const handOuts = lists
    .filter(({ id }) => reps.some((rep) => worksOn(ticks, rep, id) !== rep.listIds.includes(id)))
    .map(({ id }) => ({ listId: id, repIds: reps.filter((rep) => worksOn(ticks, rep, id)).map((rep) => rep.id) }));
  const guardPercent = ticks.guardPercent === rules.guardPercent ? null : ticks.guardPercent;
  const maxDialsPerDay = ticks.maxDialsPerDay === rules.maxDialsPerDay ? null : ticks.maxDialsPerDay;
  const nothing =
    absentRepIds.length + presentRepIds.length + handOuts.length === 0 &&
    !ticks.sharePromises &&
    guardPercent === null &&
    maxDialsPerDay === null;
  if (nothing) return undefined;
  const { sharePromises: shareAbsentPromises } = ticks;
  return { absentRepIds, presentRepIds, handOuts, shareAbsentPromises, guardPercent, maxDialsPerDay, customersBeforeHot: null };
}
