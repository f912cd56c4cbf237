/** How lists are dealt out: so that everybody has as many cold companies, or first to those whose clock is the nearest. */
export const spreadRules = ['load', 'region'] as const;
export type SpreadRule = (typeof spreadRules)[number];

export interface SpreadList {
  id: number;
  /** Never dialled ones. */
  cold: number;
  /** Hours that most of its companies are ahead of UTC; null when it is empty. */
  hoursAhead: number | null;
}

export interface SpreadRep {
  id: number;
  hoursAhead: number;
}

export interface DealtList {
  listId: number;
  repIds: number[];
}

/**
 * Deals lists out to reps by a rule: a list goes to as many as its share of all cold companies asks for, the largest list first, each time
 * to those who have the least so far (by region: among the nearest clocks first). Nobody is left without a list, no list with companies without anybody.
 */
export function spreadLists(lists: readonly SpreadList[], reps: readonly SpreadRep[], rule: SpreadRule): DealtList[] {
  if (reps.length === 0) return lists.map(({ id }) => ({ listId: id, repIds: [] }));
  const load = new Map(reps.map(({ id }) => [id, 0]));
  const loadOf = (repId: number): number => load.get(repId) ?? 0;
  const target = lists.reduce((sum, { cold }) => sum + cold, 0) / reps.length;
  const dealt = lists
    .toSorted((left, right) => right.cold - left.cold || left.id - right.id)
    .map((list) => {
      const away = ({ hoursAhead }: SpreadRep): number =>
        rule === 'region' && list.hoursAhead !== null ? Math.abs(hoursAhead - list.hoursAhead) : 0;
      const takers = reps.toSorted((left, right) => away(left) - away(right) || loadOf(left.id) - loadOf(right.id) || left.id - right.id);
      const wanted = target === 0 ? 1 : Math.min(reps.length, Math.max(1, Math.round(list.cold / target)));
      const repIds = takers.slice(0, wanted).map(({ id }) => id);
      for (const repId of repIds) load.set(repId, loadOf(repId) + list.cold / repIds.length);
      return { listId: list.id, cold: list.cold, repIds };
    });
  for (const { id } of reps) {
    if (dealt.some(({ repIds }) => repIds.includes(id))) continue;
    const [deepest] = dealt.toSorted((left, right) => right.cold / (right.repIds.length + 1) - left.cold / (left.repIds.length + 1));
    deepest?.repIds.push(id);
  }
  return dealt.map(({ listId, repIds }) => ({ listId, repIds: repIds.toSorted((left, right) => left - right) }));
}
