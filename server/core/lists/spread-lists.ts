/** How lists are dealt out: everybody as many cold companies, first to those who call the region already, or only to those who can do what the list asks for. */
export const spreadRules = ['load', 'region', 'skill'] as const;
export type SpreadRule = (typeof spreadRules)[number];

export interface SpreadList {
  id: number;
  /** Never dialled ones. */
  cold: number;
  /** Where most of its companies are; null when that is known of none. */
  regionId: number | null;
  /** Hours that most of its companies are ahead of UTC; null when it is empty. */
  hoursAhead: number | null;
  /** What whoever works it should be able to do. */
  skillId: number | null;
}

export interface SpreadRep {
  id: number;
  hoursAhead: number;
  /** How often he dialled each region of late; none when the rule does not ask. */
  regionDials: ReadonlyMap<number, number>;
  skillIds: readonly number[];
}

export interface DealtList {
  listId: number;
  repIds: number[];
}

/** Whether he can do what the list asks for. */
const hasSkill = ({ skillIds }: Pick<SpreadRep, 'skillIds'>, { skillId }: Pick<SpreadList, 'skillId'>): boolean =>
  skillId === null || skillIds.includes(skillId);

/** The largest first; by skill those that ask for one before the others, so that who has it is not taken by what anybody can call. */
const dealtBefore =
  (rule: SpreadRule) =>
  (left: SpreadList, right: SpreadList): number =>
    (rule === 'skill' ? Number(left.skillId === null) - Number(right.skillId === null) : 0) || right.cold - left.cold || left.id - right.id;

/** Who takes a list of a region before others: who has room left, of them who called it most, else whose clock is the nearest. */
function nearestFirst({ regionId, hoursAhead }: SpreadList, hasRoom: (repId: number) => boolean) {
  const dials = ({ regionDials }: SpreadRep): number => (regionId === null ? 0 : (regionDials.get(regionId) ?? 0));
  const away = (rep: SpreadRep): number => (hoursAhead === null ? 0 : Math.abs(rep.hoursAhead - hoursAhead));
  return (left: SpreadRep, right: SpreadRep): number =>
    Number(hasRoom(right.id)) - Number(hasRoom(left.id)) || dials(right) - dials(left) || away(left) - away(right);
}

/**
 * Deals lists out to reps by a rule: a list goes to as many as its share of all cold companies asks for, the largest list first, each time
 * to those who have the least so far (by region: to those who call it already, while they have room; by skill: among those who have it).
 * Nobody is left without a list that he can work; a list is left without anybody only when nobody has its skill.
 */
export function spreadLists(lists: readonly SpreadList[], reps: readonly SpreadRep[], rule: SpreadRule): DealtList[] {
  if (reps.length === 0) return lists.map(({ id }) => ({ listId: id, repIds: [] }));
  const load = new Map(reps.map(({ id }) => [id, 0]));
  const loadOf = (repId: number): number => load.get(repId) ?? 0;
  const mayWork = (rep: SpreadRep, list: SpreadList): boolean => rule !== 'skill' || hasSkill(rep, list);
  const target = lists.reduce((sum, { cold }) => sum + cold, 0) / reps.length;
  const dealt = lists.toSorted(dealtBefore(rule)).map((list) => {
    const nearer = rule === 'region' ? nearestFirst(list, (repId) => loadOf(repId) < target) : () => 0;
    const takers = reps
      .filter((rep) => mayWork(rep, list))
      .toSorted((left, right) => nearer(left, right) || loadOf(left.id) - loadOf(right.id) || left.id - right.id);
    const wanted = target === 0 ? 1 : Math.max(1, Math.round(list.cold / target));
    const repIds = takers.slice(0, wanted).map(({ id }) => id);
    for (const repId of repIds) load.set(repId, loadOf(repId) + list.cold / repIds.length);
    return { list, repIds };
  });
  for (const rep of reps) {
    if (dealt.some(({ repIds }) => repIds.includes(rep.id))) continue;
    const [deepest] = dealt
      .filter(({ list }) => mayWork(rep, list))
      .toSorted((left, right) => right.list.cold / (right.repIds.length + 1) - left.list.cold / (left.repIds.length + 1));
    deepest?.repIds.push(rep.id);
  }
  return dealt.map(({ list, repIds }) => ({ listId: list.id, repIds: repIds.toSorted((left, right) => left - right) }));
}
