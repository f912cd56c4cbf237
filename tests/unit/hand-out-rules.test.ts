import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignDays, type AssignedDays } from '../../server/core/lists/assign-days.ts';
import { spreadLists } from '../../server/core/lists/spread-lists.ts';

const list = (id: number, cold: number, hoursAhead: number | null = 3, skillId: number | null = null, regionId: number | null = null) => ({
  id,
  cold,
  regionId,
  hoursAhead,
  skillId,
});
const rep = (id: number, hoursAhead = 3, skillIds: readonly number[] = [], regionDials: readonly (readonly [number, number])[] = []) => ({
  id,
  hoursAhead,
  regionDials: new Map(regionDials),
  skillIds,
});

describe('lists dealt out by a rule', () => {
  it.each([
    ['one large list goes to most', [list(1, 300), list(2, 100)], [rep(1), rep(2), rep(3), rep(4)], [[1, 2, 3], [4]]],
    ['equal lists go to one each', [list(1, 100), list(2, 100)], [rep(1), rep(2)], [[1], [2]]],
    ['small lists go together to who has little', [list(1, 100), list(2, 50), list(3, 50)], [rep(1), rep(2)], [[1], [2], [2]]],
    ['who is left over helps with the deepest', [list(1, 0), list(2, 100)], [rep(1), rep(2)], [[1], [1, 2]]],
    ['nobody to take them', [list(1, 5)], [], [[]]],
  ])('by load: %s', (_what, lists, reps, expected) => {
    const dealt = spreadLists(lists, reps, 'load');
    expect(lists.map(({ id }) => dealt.find(({ listId }) => listId === id)?.repIds)).toEqual(expected);
  });

  const inRegion = (id: number, cold: number, regionId: number | null, hoursAhead = 3) => list(id, cold, hoursAhead, null, regionId);
  const calls = (id: number, ...regionDials: [number, number][]) => rep(id, 3, [], regionDials);
  it.each([
    ['where nobody calls yet, to the nearest clock', [list(1, 100, 10), list(2, 100, 3)], [rep(1, 3), rep(2, 10)], [[2], [1]]],
    [
      'to who calls it already, whatever his clock',
      [inRegion(1, 100, 66, 5), inRegion(2, 100, 77)],
      [rep(1, 5), calls(2, [66, 9])],
      [[2], [1]],
    ],
    ['to who called it most', [inRegion(1, 100, 66), inRegion(2, 100, 77)], [calls(1, [66, 3]), calls(2, [66, 200])], [[2], [1]]],
    [
      'while he has room: the next one goes to another',
      [inRegion(1, 100, 66), inRegion(2, 90, 66), inRegion(3, 10, 66)],
      [rep(1), calls(2, [66, 500])],
      [[2], [1], [1]],
    ],
    ['in no region, to the nearest clock', [inRegion(1, 100, null, 9), inRegion(2, 100, 66)], [calls(1, [66, 5]), rep(2, 9)], [[2], [1]]],
  ])('by region: %s', (_what, lists, reps, expected) => {
    const dealt = spreadLists(lists, reps, 'region');
    expect(lists.map(({ id }) => dealt.find(({ listId }) => listId === id)?.repIds)).toEqual(expected);
  });

  const english = 7;
  it.each([
    [
      'a list that asks for it goes to who has it, the others to the rest',
      [list(1, 200), list(2, 100, 3, english)],
      [rep(1), rep(2), rep(3, 3, [english])],
      [[1, 2], [3]],
    ],
    [
      'whoever has it helps with the others when the list is done',
      [list(1, 100), list(2, 0, 3, english)],
      [rep(1, 3, [english])],
      [[1], [1]],
    ],
    ['nobody has it: it is given to nobody', [list(1, 10), list(2, 500, 3, english)], [rep(1)], [[1], []]],
    ['nobody is given what he cannot do, though he stays without a list', [list(1, 10, 3, english)], [rep(1), rep(2, 3, [english])], [[2]]],
  ])('by skill: %s', (_what, lists, reps, expected) => {
    const dealt = spreadLists(lists, reps, 'skill');
    expect(lists.map(({ id }) => dealt.find(({ listId }) => listId === id)?.repIds)).toEqual(expected);
  });

  it('leaves no list without anybody and nobody without a list', () => {
    const lists = fc.uniqueArray(
      fc.record({
        id: fc.nat(50),
        cold: fc.nat(5_000),
        regionId: fc.option(fc.nat(3)),
        hoursAhead: fc.option(fc.integer({ min: 2, max: 12 })),
        skillId: fc.constant(null),
      }),
      {
        minLength: 1,
        maxLength: 8,
        selector: ({ id }) => id,
      },
    );
    const anyRep = fc.record({
      id: fc.nat(50),
      hoursAhead: fc.integer({ min: 2, max: 12 }),
      regionDials: fc.array(fc.tuple(fc.nat(3), fc.nat(100))).map((dials) => new Map(dials)),
      skillIds: fc.constant([]),
    });
    const reps = fc.uniqueArray(anyRep, { minLength: 1, maxLength: 8, selector: ({ id }) => id });
    fc.assert(
      fc.property(lists, reps, fc.constantFrom('load' as const, 'region' as const, 'skill' as const), (given, people, rule) => {
        const dealt = spreadLists(given, people, rule);
        expect(dealt.map(({ listId }) => listId).toSorted()).toEqual(given.map(({ id }) => id).toSorted());
        for (const { repIds } of dealt) expect(repIds.length).toBeGreaterThan(0);
        for (const { id } of people) expect(dealt.some(({ repIds }) => repIds.includes(id))).toBe(true);
      }),
    );
  });
});

describe('a list handed out for some days', () => {
  const oneDay = { startsOn: '2026-11-25', endsOn: '2026-11-25' };
  const days = (repId: number, startsOn: string, endsOn: string): AssignedDays => ({ repId, startsOn, endsOn });
  const week = [days(1, '2026-11-23', '2026-11-27'), days(2, '2026-11-23', '2026-11-27'), days(3, '2026-11-30', '2026-11-30')];

  it('takes just that day from who does not work it, and leaves all other days', () => {
    expect(assignDays(week, oneDay, { repIds: [2, 3], among: new Set([1, 2, 3]) })).toEqual([
      days(1, '2026-11-23', '2026-11-24'),
      days(1, '2026-11-26', '2026-11-27'),
      days(2, '2026-11-23', '2026-11-27'),
      days(3, '2026-11-30', '2026-11-30'),
      days(3, '2026-11-25', '2026-11-25'),
    ]);
  });

  it('at an edge leaves no empty days, and never touches another team', () => {
    expect(assignDays([days(1, '2026-11-25', '2026-11-25')], oneDay, { repIds: [], among: new Set([1]) })).toEqual([]);
    expect(assignDays(week, oneDay, { repIds: [], among: new Set([2]) })[0]).toEqual(days(1, '2026-11-23', '2026-11-27'));
  });

  it('for a week takes what overlaps it, and is one span for who takes it', () => {
    const given = [days(1, '2026-11-18', '2026-11-24'), days(2, '2026-11-26', '2026-12-04')];
    const nextWeek = { startsOn: '2026-11-23', endsOn: '2026-11-29' };
    expect(assignDays(given, nextWeek, { repIds: [2], among: new Set([1, 2]) })).toEqual([
      days(1, '2026-11-18', '2026-11-22'),
      days(2, '2026-11-30', '2026-12-04'),
      days(2, '2026-11-23', '2026-11-29'),
    ]);
  });
});
