import { describe, expect, it } from 'vitest';
import { coldPerDayOf, daysAhead, runDry, type DryRep } from '../../server/core/lists/run-dry.ts';

const hours = { from: '09:00', to: '18:00', workingDays: [1, 2, 3, 4, 5], middayAt: '13:00' };
const at = (time: string): Date => new Date(`${time}+03:00`);
const ahead = (now: Date, holidays: readonly string[] = []) => daysAhead(now, 'Europe/Moscow', hours, new Set(holidays), 3);
const week = ['2026-11-30', '2026-12-01', '2026-12-02', '2026-12-03'].map((day) => ({ day, share: 1 }));
const rep = (id: number, coldPerDay: number, listIds: readonly number[], absentOn: readonly string[] = []): DryRep => ({
  id,
  coldPerDay,
  worksOn: (day) => !absentOn.includes(day),
  listsOn: () => listIds,
});

describe('the working days ahead', () => {
  it.each([
    [
      'before the day',
      at('2026-11-27T08:00'),
      [],
      [
        ['2026-11-27', 1],
        ['2026-11-30', 1],
        ['2026-12-01', 1],
      ],
    ],
    [
      'half of it left',
      at('2026-11-27T13:30'),
      [],
      [
        ['2026-11-27', 0.5],
        ['2026-11-30', 1],
        ['2026-12-01', 1],
      ],
    ],
    [
      'in the evening, a holiday ahead',
      at('2026-11-27T19:00'),
      ['2026-11-30'],
      [
        ['2026-12-01', 1],
        ['2026-12-02', 1],
        ['2026-12-03', 1],
      ],
    ],
    [
      'on a Sunday',
      at('2026-11-29T12:00'),
      [],
      [
        ['2026-11-30', 1],
        ['2026-12-01', 1],
        ['2026-12-02', 1],
      ],
    ],
  ])('%s', (_when, now, holidays, expected) => {
    expect(ahead(now, holidays).map(({ day, share }) => [day, share])).toEqual(expected);
  });
});

describe('lists that run dry', () => {
  it('on the day on which the last company is begun, shared by those who work it', () => {
    const { lists, reps } = runDry([{ id: 1, cold: 100, priority: 1 }], [rep(1, 30, [1]), rep(2, 10, [1])], week);
    expect(lists.get(1)).toEqual({ on: '2026-12-02', workingDays: 3 });
    expect(reps.get(1)).toEqual({ on: '2026-12-02', workingDays: 3 });
  });

  it('the first in order first; its callers then help with the next one', () => {
    const lists = [
      { id: 1, cold: 40, priority: 5 },
      { id: 2, cold: 20, priority: 1 },
    ];
    const forecast = runDry(lists, [rep(1, 20, [1, 2])], week);
    expect([forecast.lists.get(2)?.on, forecast.lists.get(1)?.on]).toEqual(['2026-11-30', '2026-12-02']);
    expect(forecast.reps.get(1)?.on).toBe('2026-12-03');
  });

  it('later when somebody is absent, and not at all when nobody works it', () => {
    const lists = [
      { id: 1, cold: 20, priority: 1 },
      { id: 2, cold: 20, priority: 1 },
    ];
    const forecast = runDry(lists, [rep(1, 20, [1], ['2026-11-30'])], week);
    expect([forecast.lists.get(1)?.on, forecast.lists.get(2)]).toEqual(['2026-12-01', null]);
  });
});

describe('the pace', () => {
  it.each([
    ['his own', [{ repId: 1, days: 5, dials: 100 }], 20],
    [
      'that of all when he is new',
      [
        { repId: 1, days: 1, dials: 2 },
        { repId: 2, days: 9, dials: 98 },
      ],
      10,
    ],
    ['the norm while nothing is known', [], 60],
  ])('%s', (_whose, counts, expected) => {
    expect(coldPerDayOf(counts, 1, 60)).toBe(expected);
  });
});
