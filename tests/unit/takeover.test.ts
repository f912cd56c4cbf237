import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeoverOf, type TakeoverRules } from '../../server/core/queue/takeover.ts';
import { mustEndBy } from '../../server/core/schedule/guard.ts';

const at = (clock: string): Date => new Date(`2026-11-24T${clock}:00Z`);
const rules = (change: Partial<TakeoverRules>): TakeoverRules => ({
  teamTakesOverAbsent: false,
  takeOverBeforeLateMinutes: 0,
  takeOverLateMinutes: 0,
  ...change,
});
const absent = { id: 1, absent: true, engaged: false };
const engaged = { id: 2, absent: false, engaged: true };
const atWork = { id: 3, absent: false, engaged: false };

describe('whose promises the team takes', () => {
  it.each([
    ['nobody’s', {}, []],
    ['what falls due while somebody is absent', { teamTakesOverAbsent: true }, [[1, at('24:00')]]],
    ['of who is engaged what would be late in minutes', { takeOverBeforeLateMinutes: 2 }, [[2, at('10:02')]]],
    [
      'of everybody what is late for long',
      { takeOverLateMinutes: 30 },
      [
        [1, at('09:30')],
        [2, at('09:30')],
        [3, at('09:30')],
      ],
    ],
  ] as const)('%s', (_name, change, taken) => {
    expect([...takeoverOf([absent, engaged, atWork], at('10:00'), at('24:00'), rules(change))]).toEqual(taken);
  });
});

describe('the row of promises ahead', () => {
  it('needs for each the time that the calls before it take', () => {
    expect(mustEndBy([], 120)).toBeNull();
    expect(mustEndBy([at('10:00')], 120)).toEqual(at('10:00'));
    expect(mustEndBy([at('10:00'), at('10:00'), at('10:00')], 120)).toEqual(at('09:56'));
    expect(mustEndBy([at('10:00'), at('10:15')], 120)).toEqual(at('10:00'));
  });

  it('never leaves more time for another promise', () => {
    const times = fc.array(fc.integer({ min: 0, max: 3_600 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(times, fc.integer({ min: 0, max: 3_600 }), fc.integer({ min: 10, max: 900 }), (seconds, another, length) => {
        const due = (list: readonly number[]): Date[] =>
          list.toSorted((left, right) => left - right).map((second) => new Date(at('10:00').getTime() + second * 1000));
        const before = mustEndBy(due(seconds), length);
        const after = mustEndBy(due([...seconds, another]), length);
        return before !== null && after !== null && after <= before;
      }),
    );
  });
});
