import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fittingQuarter } from '../../server/core/promises/capacity.ts';
import { callLengthOf, meanAndSpread, mayStartBefore, shareWithin, type LearnedDuration } from '../../server/core/schedule/durations.ts';
import { bestClock } from '../../server/core/retry/answer-hours.ts';

const learned: LearnedDuration[] = [
  { listId: 0, code: 'noAnswer', calls: 60, seconds: [30, 40] },
  { listId: 0, code: 'callBack', calls: 40, seconds: [200, 400] },
  { listId: 7, code: 'callBack', calls: 100, seconds: [600, 900] },
  { listId: 8, code: 'callBack', calls: 5, seconds: [1, 2] },
];

describe('the learned length of calls', () => {
  it('mixes outcomes as often as they happen, and falls back from a list of which little is known', () => {
    const all = callLengthOf(learned, 8);
    expect(
      all &&
        [shareWithin(all, 39), shareWithin(all, 40), shareWithin(all, 200), shareWithin(all, 400)].map((share) => Math.round(share * 100)),
    ).toEqual([30, 60, 80, 100]);
    expect(all && meanAndSpread(all).meanSeconds).toBeCloseTo(0.6 * 35 + 0.4 * 300);
    expect(callLengthOf([], 7)).toBeNull();
  });

  it('guards a promise by the probability that the head set, and by minutes while nothing is learned', () => {
    const quick = callLengthOf(learned, null);
    const slow = callLengthOf(learned, 7);
    expect([mayStartBefore(quick, 240, 80, 0), mayStartBefore(quick, 240, 90, 0), mayStartBefore(slow, 240, 50, 0)]).toEqual([
      true,
      false,
      false,
    ]);
    expect([mayStartBefore(null, 241, 80, 240), mayStartBefore(null, 240, 80, 240)]).toEqual([true, false]);
  });

  it('the surer the guard and the nearer the promise, the fewer calls start', () => {
    const percent = fc.integer({ min: 50, max: 99 });
    const seconds = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(percent, percent, seconds, seconds, (one, other, near, far) => {
        const length = callLengthOf(learned, null);
        const strict = mayStartBefore(length, Math.min(near, far), Math.max(one, other), 0);
        return !strict || mayStartBefore(length, Math.max(near, far), Math.min(one, other), 0);
      }),
    );
  });

  it.each([
    ['nothing is learned', null, 5, 3],
    ['calls are short and alike', { meanSeconds: 150, spreadSeconds: 0 }, 5, 5],
    ['their length strays', { meanSeconds: 150, spreadSeconds: 150 }, 5, 3],
    ['no more than the quarter holds', { meanSeconds: 150, spreadSeconds: 0 }, 60, 6],
    ['calls are longer than the grace', { meanSeconds: 2_000, spreadSeconds: 500 }, 5, 1],
  ])('%s: so many promises fit into a quarter of an hour', (_name, call, grace, fit) => {
    expect(fittingQuarter(call, grace, 3)).toBe(fit);
  });
});

describe('the hour at which a segment answers', () => {
  const hour = (at: number, dials: number, answered: number) => ({ hour: at, dials, answered });
  it.each([
    ['the best one', [hour(9, 100, 10), hour(11, 100, 40)], '11:00'],
    ['not three lucky dials', [hour(9, 100, 50), hour(11, 3, 3)], '09:00'],
    ['of equal ones the earlier', [hour(11, 50, 10), hour(10, 50, 10)], '10:00'],
    ['nothing of the other half', [hour(15, 500, 400), hour(10, 60, 10)], '10:00'],
    ['nothing while little is known', [hour(10, 30, 30)], null],
  ])('%s', (_name, answers, clock) => {
    expect(bestClock(answers, '09:00', '13:00')).toBe(clock);
  });

  it('never before the half begins', () => {
    expect(bestClock([hour(9, 100, 90)], '09:30', '13:00')).toBe('09:30');
  });
});
