import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/contract/settings.ts';
import { instantOf } from '../../server/core/hours/local-time.ts';
import { nearestFree, quartersOf } from '../../server/core/promises/capacity.ts';
import { faultOfPromise, isBroken, promiseTimes, verdictOfDial, type AgreedTime } from '../../server/core/promises/promise-times.ts';

const zone = 'Asia/Vladivostok';
const at = (localTime: string) => instantOf(localTime, zone);
const times = (agreed: AgreedTime) => promiseTimes(agreed, zone, 5, defaultSettings.callingHours, new Set());

describe('a promise', () => {
  it('at an exact time has a grace either side', () => {
    expect(times({ kind: 'exact', localTime: '2026-11-24T11:00' })).toMatchObject({
      startsAt: at('2026-11-24T10:55'),
      promisedAt: at('2026-11-24T11:00'),
      deadlineAt: at('2026-11-24T11:05'),
      askedOutsideHours: false,
    });
  });

  it('of a window is due at its end', () => {
    const window = times({ kind: 'window', day: '2026-11-24', from: '09:00', to: '13:00', lastDay: '2026-11-26' });
    expect(window).toMatchObject({
      startsAt: at('2026-11-24T09:00'),
      promisedAt: at('2026-11-26T13:00'),
      deadlineAt: at('2026-11-26T13:00'),
      localTime: '2026-11-26T13:00',
    });
  });

  it('outside calling hours is marked', () => {
    expect(times({ kind: 'exact', localTime: '2026-11-24T19:30' }).askedOutsideHours).toBe(true);
  });

  it.each([
    ['2026-11-24T10:54', null],
    ['2026-11-24T10:55', 'onTime'],
    ['2026-11-24T11:05', 'onTime'],
    ['2026-11-24T11:06', 'late'],
    ['2026-11-24T23:59', 'late'],
    ['2026-11-25T00:00', 'broken'],
  ])('dialled at %s is %s', (dialled, verdict) => {
    expect(verdictOfDial(times({ kind: 'exact', localTime: '2026-11-24T11:00' }), at(dialled))).toBe(verdict);
  });

  it('is broken when the local day has ended', () => {
    const promise = times({ kind: 'exact', localTime: '2026-11-24T11:00' });
    expect([isBroken(promise, at('2026-11-24T23:59')), isBroken(promise, at('2026-11-25T00:00'))]).toEqual([false, true]);
  });

  it('is refused in the past, the wrong way round and years ahead', () => {
    const now = at('2026-11-24T12:00');
    expect(faultOfPromise(times({ kind: 'exact', localTime: '2026-11-24T11:00' }), now)).toBe('inThePast');
    expect(faultOfPromise(times({ kind: 'window', day: '2026-11-25', from: '13:00', to: '09:00' }), now)).toBe('endsBeforeItStarts');
    expect(faultOfPromise(times({ kind: 'exact', localTime: '2036-11-24T11:00' }), now)).toBe('tooFarAhead');
    expect(faultOfPromise(times({ kind: 'exact', localTime: '2026-11-25T11:00' }), now)).toBeNull();
  });
});

describe('capacity', () => {
  it('counts each quarter and names the nearest free ones', () => {
    const wished = at('2026-11-24T11:00');
    const quarters = quartersOf(
      { start: at('2026-11-24T10:30'), end: at('2026-11-24T12:00') },
      [wished, at('2026-11-24T11:10'), at('2026-11-24T10:45')],
      2,
    );
    expect(quarters.map((quarter) => quarter.room)).toEqual([2, 1, 0, 2, 2, 2]);
    expect(nearestFree(quarters, wished, at('2026-11-24T10:40'), 2)).toEqual([at('2026-11-24T10:45'), at('2026-11-24T11:15')]);
  });
});
