import { describe, expect, test } from 'vitest';
import { readPromisePhrase } from '../../web/src/lib/features/dialer/promise-phrase.ts';
import { isOutsideCallingHours, isOver, quickChoices } from '../../web/src/lib/features/dialer/wall-time.ts';

/** Monday 23 November 2026, 10:07 in Yekaterinburg (05:07 UTC). */
const monday = Date.parse('2026-11-23T05:07:00Z');
const zone = 'Asia/Yekaterinburg';
const hours = { from: '09:00', middayAt: '13:00', to: '18:00', workingDays: [1, 2, 3, 4, 5] };
const read = (phrase: string) => readPromisePhrase(phrase, monday, zone, hours);
const at = (localTime: string) => ({ kind: 'exact', localTime });
const window = (day: string, from: string, to: string) => ({ kind: 'window', day, from, to });

describe('a promise as reps type it', () => {
  test.each([
    ['завтра 11', at('2026-11-24T11:00')],
    ['завтра в 11:30', at('2026-11-24T11:30')],
    ['Послезавтра в 3', at('2026-11-25T15:00')],
    ['через 2 часа', at('2026-11-23T12:10')],
    ['через 15 мин', at('2026-11-23T10:25')],
    ['через полчаса', at('2026-11-23T10:40')],
    ['через час', at('2026-11-23T11:10')],
    ['через неделю', at('2026-11-30T10:15')],
    ['ср 14.30', at('2026-11-25T14:30')],
    ['в пятницу, 10', at('2026-11-27T10:00')],
    ['24.11 15:30', at('2026-11-24T15:30')],
    ['3 декабря 12', at('2026-12-03T12:00')],
    ['15:45', at('2026-11-23T15:45')],
    ['9:00', at('2026-11-24T09:00')],
    ['пн утром', window('2026-11-30', '09:00', '13:00')],
    ['сегодня после обеда', window('2026-11-23', '13:00', '18:00')],
    ['завтра вечером', window('2026-11-24', '16:00', '18:00')],
    ['на этой неделе', { ...window('2026-11-23', '09:00', '18:00'), lastDay: '2026-11-27' }],
    ['на следующей неделе', { ...window('2026-11-30', '09:00', '18:00'), lastDay: '2026-12-04' }],
  ])('%s', (phrase, meaning) => {
    expect(read(phrase)).toEqual(meaning);
  });

  test.each([
    ['tomorrow 11', at('2026-11-24T11:00')],
    ['tomorrow at 3pm', at('2026-11-24T15:00')],
    ['in 2 hours', at('2026-11-23T12:10')],
    ['in 15 min', at('2026-11-23T10:25')],
    ['Friday 9am', at('2026-11-27T09:00')],
    ['mon morning', window('2026-11-30', '09:00', '13:00')],
    ['next week', { ...window('2026-11-30', '09:00', '18:00'), lastDay: '2026-12-04' }],
    ['2026-11-24 15:30', at('2026-11-24T15:30')],
    ['2026-11-24T15:30', at('2026-11-24T15:30')],
    ['3 dec 12', at('2026-12-03T12:00')],
  ])('%s', (phrase, meaning) => {
    expect(read(phrase)).toEqual(meaning);
  });

  test.each(['', 'скоро', 'завтра', '31.02 10', '25:00', 'завтра 27', '2', '13.13 10:00'])('"%s" says no time', (phrase) => {
    expect(read(phrase)).toBeNull();
  });

  test('counts days on the company’s calendar, not on the rep’s', () => {
    // 23:30 on Monday in Kaliningrad is already Tuesday in Vladivostok.
    const late = Date.parse('2026-11-23T21:30:00Z');
    expect(readPromisePhrase('завтра 11', late, 'Europe/Kaliningrad', hours)).toEqual(at('2026-11-24T11:00'));
    expect(readPromisePhrase('завтра 11', late, 'Asia/Vladivostok', hours)).toEqual(at('2026-11-25T11:00'));
  });

  test('a day that has passed this year is next year’s', () => {
    expect(read('10.01 11')).toEqual(at('2027-01-10T11:00'));
  });

  test("a morning and a day's end are the department's own", () => {
    const late = { from: '10:00', middayAt: '14:00', to: '20:00', workingDays: [1, 2, 3, 4, 5, 6] };
    expect(readPromisePhrase('завтра утром', monday, zone, late)).toEqual(window('2026-11-24', '10:00', '14:00'));
    expect(readPromisePhrase('завтра вечером', monday, zone, late)).toEqual(window('2026-11-24', '18:00', '20:00'));
    expect(isOutsideCallingHours('2026-11-28T19:00', late, new Set())).toBe(false);
    expect(isOutsideCallingHours('2026-11-28T12:00', hours, new Set())).toBe(true);
  });
});

describe('what the picker proposes by itself', () => {
  /** Days off by what lies ahead; Monday 23 November is now. */
  const proposed = (now: string, ...holidays: string[]) =>
    quickChoices(Date.parse(now), zone, hours, new Set(holidays)).map(({ key, meaning }) => [
      key,
      meaning.kind === 'exact' ? meaning.localTime : meaning.day,
    ]);

  test.each([
    ['an ordinary Monday', '2026-11-23T05:07:00Z', [], ['tomorrow', '2026-11-24T11:00'], ['monday', '2026-11-30']],
    ['a holiday tomorrow', '2026-11-23T05:07:00Z', ['2026-11-24'], ['nextWorkingDay', '2026-11-25T11:00'], ['monday', '2026-11-30']],
    ['a Friday', '2026-11-27T05:07:00Z', [], ['nextWorkingDay', '2026-11-30T11:00'], ['monday', '2026-11-30']],
    ['a Friday before a Monday off', '2026-11-27T05:07:00Z', ['2026-11-30'], ['nextWorkingDay', '2026-12-01T11:00'], undefined],
  ])('on %s', (_, now, holidays, day, monday) => {
    const [, , ...later] = proposed(now, ...holidays);
    expect(later).toEqual(monday ? [day, monday] : [day]);
  });

  test('a holiday is outside of calling hours all day', () => {
    expect(isOutsideCallingHours('2026-11-24T12:00', hours, new Set(['2026-11-24']))).toBe(true);
    expect(isOutsideCallingHours('2026-11-24T12:00', hours, new Set())).toBe(false);
  });

  test('what is over is known before it is sent', () => {
    expect(isOver({ kind: 'exact', localTime: '2026-11-23T10:00' }, zone, monday)).toBe(true);
    expect(isOver({ kind: 'exact', localTime: '2026-11-23T10:15' }, zone, monday)).toBe(false);
    expect(isOver({ kind: 'window', day: '2026-11-23', from: '09:00', to: '13:00' }, zone, monday)).toBe(false);
    expect(isOver({ kind: 'window', day: '2026-11-20', from: '09:00', to: '13:00' }, zone, monday)).toBe(true);
  });
});
