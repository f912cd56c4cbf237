import { describe, expect, it } from 'vitest';
import { hoursOf, isOpen, nextOpening, nextWorkingDay, partOfDay, workingDaysLater } from '../../server/core/hours/calling-hours.ts';
import { addDays, dayBounds, instantOf, localDay, localHour } from '../../server/core/hours/local-time.ts';

const hours = { from: '09:00', to: '18:00', workingDays: [1, 2, 3, 4, 5], middayAt: '13:00' };
const none = new Set<string>();
const at = (iso: string) => new Date(iso);

describe('local time', () => {
  it('knows the day and the hour where the company is', () => {
    expect(localDay(at('2026-11-23T20:30:00Z'), 'Asia/Yekaterinburg')).toBe('2026-11-24');
    expect(localHour(at('2026-11-23T20:30:00Z'), 'Asia/Yekaterinburg')).toBe(1);
    expect(localDay(at('2026-11-23T20:30:00Z'), 'Europe/Moscow')).toBe('2026-11-23');
  });

  it.each([
    ['an ordinary time', '2026-11-24T11:00', 'Europe/Moscow', '2026-11-24T08:00:00.000Z'],
    ['a time the clock jumps over moves forward', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
    ['a time shown twice is the first', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['a time shown twice west of Greenwich', '2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
    ['a jump west of Greenwich', '2026-03-08T02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['just after the jump', '2026-03-29T03:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
  ])('%s', (_name, localTime, zone, instant) => {
    expect(instantOf(localTime, zone).toISOString()).toBe(instant);
  });

  it('lasts 23 and 25 hours on the days the clock moves', () => {
    const lasts = (day: string) => {
      const { start, end } = dayBounds(day, 'Europe/Berlin');
      return (end.getTime() - start.getTime()) / 3_600_000;
    };
    expect([lasts('2026-03-29'), lasts('2026-10-25'), lasts('2026-11-23')]).toEqual([23, 25, 24]);
  });

  it('adds days over months', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });

  it('refuses what is no time', () => {
    expect(() => instantOf('2026-13-01T10:00', 'Europe/Moscow')).toThrow(RangeError);
    expect(() => localDay(at('2026-11-23T20:30:00Z'), 'Nowhere/Else')).toThrow(RangeError);
  });
});

describe('calling hours', () => {
  it('opens inclusive and closes exclusive, on working days', () => {
    const open = (localTime: string) => isOpen(instantOf(localTime, 'Asia/Vladivostok'), 'Asia/Vladivostok', hours, none);
    expect([
      open('2026-11-24T08:59'),
      open('2026-11-24T09:00'),
      open('2026-11-24T17:59'),
      open('2026-11-24T18:00'),
      open('2026-11-28T11:00'),
    ]).toEqual([false, true, true, false, false]);
  });

  it.each([
    ['the instant itself when open', '2026-11-24T10:10', '2026-11-24T10:10'],
    ['later the same morning', '2026-11-24T06:00', '2026-11-24T09:00'],
    ['the next morning', '2026-11-24T18:00', '2026-11-25T09:00'],
    ['over the weekend', '2026-11-27T19:00', '2026-11-30T09:00'],
  ])('%s', (_name, from, expected) => {
    expect(nextOpening(instantOf(from, 'Europe/Moscow'), 'Europe/Moscow', hours, none)).toEqual(instantOf(expected, 'Europe/Moscow'));
  });

  it('passes holidays over', () => {
    const holidays = new Set(['2026-11-30', '2026-12-01']);
    expect(nextWorkingDay('2026-11-27', hours, holidays)).toBe('2026-12-02');
    expect(workingDaysLater('2026-11-27', 2, hours, holidays)).toBe('2026-12-03');
    expect(nextOpening(instantOf('2026-11-30T12:00', 'Europe/Moscow'), 'Europe/Moscow', hours, holidays)).toEqual(
      instantOf('2026-12-02T09:00', 'Europe/Moscow'),
    );
  });

  it('refuses hours without any day', () => {
    expect(() => nextWorkingDay('2026-11-27', { ...hours, workingDays: [] }, none)).toThrow(RangeError);
  });

  it('splits the day at midday', () => {
    expect(partOfDay(instantOf('2026-11-24T12:59', 'Europe/Moscow'), 'Europe/Moscow', hours)).toBe('morning');
    expect(partOfDay(instantOf('2026-11-24T13:00', 'Europe/Moscow'), 'Europe/Moscow', hours)).toBe('afternoon');
  });
});

describe('lunch and hours of one company', () => {
  const withLunch = { ...hours, lunchFrom: '13:00', lunchTo: '14:00' };
  const own = { callFrom: '07:00', callTo: '11:00', lunchFrom: null, lunchTo: null };
  it.each([
    ['before lunch', withLunch, '2026-11-24T12:59', true, '2026-11-24T12:59'],
    ['at lunch', withLunch, '2026-11-24T13:30', false, '2026-11-24T14:00'],
    ['after lunch', withLunch, '2026-11-24T14:00', true, '2026-11-24T14:00'],
    ['early in its own hours', hoursOf(withLunch, own), '2026-11-24T07:30', true, '2026-11-24T07:30'],
    ['after its own hours', hoursOf(withLunch, own), '2026-11-24T12:00', false, '2026-11-25T07:00'],
    ['a lunch at the opening', { ...hours, lunchFrom: '08:00', lunchTo: '10:00' }, '2026-11-24T08:30', false, '2026-11-24T10:00'],
  ])('%s', (_name, kept, local, open, next) => {
    const instant = instantOf(local, 'Europe/Moscow');
    expect(isOpen(instant, 'Europe/Moscow', kept, none)).toBe(open);
    expect(nextOpening(instant, 'Europe/Moscow', kept, none)).toEqual(instantOf(next, 'Europe/Moscow'));
  });
});
