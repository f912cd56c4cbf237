import { describe, expect, it } from 'vitest';
import { cellsOf, leadUp, type MonthFact } from '../../server/core/matrix/marks.ts';
import { addMonths, matrixMonths } from '../../server/core/matrix/months.ts';

const today = '2026-11-23';
const months = matrixMonths(today);
const fact = (kind: MonthFact['kind'], month: string, count = 1, monthsAhead = 0): MonthFact => ({ kind, month, count, monthsAhead });
const shown = (...facts: MonthFact[]) =>
  cellsOf(facts, months, '2026-11').map(({ month, marks }) => `${month} ${marks.map(({ mark, count }) => `${mark}${count}`).join(' ')}`);

describe('the months', () => {
  it('are 36 with the current one and 12 ahead', () => {
    expect(months).toHaveLength(48);
    expect([months[0], months[35], months[47]]).toEqual(['2023-12', '2026-11', '2027-11']);
  });
  it.each([
    ['2026-01', -1, '2025-12'],
    ['2026-12', 1, '2027-01'],
    ['2026-03', -14, '2025-01'],
  ])('%s and %i more is %s', (month, count, expected) => expect(addMonths(month, count)).toBe(expected));
});

describe('a cell', () => {
  it.each<[string, MonthFact[], string[]]>([
    ['a call to a decision maker', [fact('call', '2026-10', 3)], ['2026-10 call3']],
    ['visits and held meetings are one mark', [fact('visit', '2026-10'), fact('heldMeeting', '2026-10', 2)], ['2026-10 visit3']],
    [
      'the strongest mark first',
      [fact('call', '2026-10'), fact('visit', '2026-10'), fact('start', '2026-10')],
      ['2026-10 started1 visit1 call1'],
    ],
    ['nothing outside the 48', [fact('call', '2023-11'), fact('tender', '2027-12')], []],
    ['the first and the last of the 48', [fact('call', '2023-12'), fact('tender', '2027-11')], ['2023-12 call1', '2027-11 tender1']],
    ['a promise ahead', [fact('promise', '2027-01')], ['2027-01 plannedCall1']],
    ['an overdue promise stands in the current month', [fact('promise', '2026-08')], ['2026-11 plannedCall1']],
    ['a planned meeting whose month is over is told no more', [fact('plannedMeeting', '2026-10')], []],
    [
      'a tender in February means calls from December',
      [fact('tender', '2027-02', 1, 2)],
      ['2026-12 plannedCall1', '2027-01 plannedCall1', '2027-02 tender1'],
    ],
    ['calls of a lead-up are ahead only', [fact('tender', '2026-12', 1, 3)], ['2026-11 plannedCall1', '2026-12 tender1']],
    ['a tender that was stays where it was', [fact('tender', '2026-03', 1, 3)], ['2026-03 tender1']],
    ['a tender beyond the window is called about within it', [fact('tender', '2027-12', 1, 1)], ['2027-11 plannedCall1']],
  ])('%s', (_, facts, expected) => expect(shown(...facts)).toEqual(expected));

  it('counts the months before an event backwards from it', () => {
    expect(leadUp('2026-11', 2)).toEqual(['2026-09', '2026-10']);
    expect(leadUp('2026-11', 0)).toEqual([]);
  });
});
