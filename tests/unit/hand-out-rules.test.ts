import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignDay, type AssignedDays } from '../../server/core/lists/assign-day.ts';
import { spreadLists } from '../../server/core/lists/spread-lists.ts';

const list = (id: number, cold: number, hoursAhead: number | null = 3) => ({ id, cold, hoursAhead });
const rep = (id: number, hoursAhead = 3) => ({ id, hoursAhead });

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

  it('by region: each list to the nearest clock', () => {
    const dealt = spreadLists([list(1, 100, 10), list(2, 100, 3)], [rep(1, 3), rep(2, 10)], 'region');
    expect(dealt).toEqual([
      { listId: 1, repIds: [2] },
      { listId: 2, repIds: [1] },
    ]);
  });

  it('leaves no list without anybody and nobody without a list', () => {
    const lists = fc.uniqueArray(
      fc.record({ id: fc.nat(50), cold: fc.nat(5_000), hoursAhead: fc.option(fc.integer({ min: 2, max: 12 })) }),
      {
        minLength: 1,
        maxLength: 8,
        selector: ({ id }) => id,
      },
    );
    const reps = fc.uniqueArray(fc.record({ id: fc.nat(50), hoursAhead: fc.integer({ min: 2, max: 12 }) }), {
      minLength: 1,
      maxLength: 8,
      selector: ({ id }) => id,
    });
    fc.assert(
      fc.property(lists, reps, fc.constantFrom('load' as const, 'region' as const), (given, people, rule) => {
        const dealt = spreadLists(given, people, rule);
        expect(dealt.map(({ listId }) => listId).toSorted()).toEqual(given.map(({ id }) => id).toSorted());
        for (const { repIds } of dealt) expect(repIds.length).toBeGreaterThan(0);
        for (const { id } of people) expect(dealt.some(({ repIds }) => repIds.includes(id))).toBe(true);
      }),
    );
  });
});

describe('a list handed out for one day', () => {
  const days = (repId: number, startsOn: string, endsOn: string): AssignedDays => ({ repId, startsOn, endsOn });
  const week = [days(1, '2026-11-23', '2026-11-27'), days(2, '2026-11-23', '2026-11-27'), days(3, '2026-11-30', '2026-11-30')];

  it('takes just that day from who does not work it, and leaves all other days', () => {
    expect(assignDay(week, '2026-11-25', { repIds: [2, 3], among: new Set([1, 2, 3]) })).toEqual([
      days(1, '2026-11-23', '2026-11-24'),
      days(1, '2026-11-26', '2026-11-27'),
      days(2, '2026-11-23', '2026-11-27'),
      days(3, '2026-11-30', '2026-11-30'),
      days(3, '2026-11-25', '2026-11-25'),
    ]);
  });

  it('at an edge leaves no empty days, and never touches another team', () => {
    expect(assignDay([days(1, '2026-11-25', '2026-11-25')], '2026-11-25', { repIds: [], among: new Set([1]) })).toEqual([]);
    expect(assignDay(week, '2026-11-25', { repIds: [], among: new Set([2]) })[0]).toEqual(days(1, '2026-11-23', '2026-11-27'));
  });
});
