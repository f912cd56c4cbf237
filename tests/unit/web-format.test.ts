import { afterEach, describe, expect, it } from 'vitest';
import * as format from '../../web/src/lib/format.ts';

const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');
const noonInUfa = '2026-11-23T07:00:00Z';

afterEach(() => format.setFormatLocale(() => 'ru'));

describe('formats', () => {
  it('show an instant on the clock that is asked for', () => {
    expect(format.formatTime(noonInUfa, 'Asia/Yekaterinburg')).toBe('12:00');
    expect(format.formatTime(noonInUfa, 'Europe/Kaliningrad')).toBe('09:00');
  });

  it('put both clocks side by side and say when the day differs', () => {
    const late = '2026-11-23T20:30:00Z';
    expect(format.bothClocks(late, 'Asia/Vladivostok', 'Europe/Moscow')).toEqual({
      here: '23:30',
      there: '06:30',
      same: false,
      otherDay: true,
    });
    expect(format.bothClocks(late, 'Europe/Simferopol', 'Europe/Moscow').same).toBe(true);
  });

  it('tell the year only when it is not this one', () => {
    expect(format.formatDate(noonInUfa, 'UTC', noonInUfa)).not.toContain('2026');
    expect(format.formatDate(noonInUfa, 'UTC', '2027-01-02T00:00:00Z')).toContain('2026');
  });

  it('keep a local date as it is', () => {
    expect(format.formatLocalDate('2026-03-08')).toBe('8 марта');
    expect(format.localDateOf('2026-11-23T20:30:00Z', 'Asia/Vladivostok')).toBe('2026-11-24');
  });

  it('count time as a clock and in words', () => {
    expect(format.formatDuration(47.9)).toBe('0:47');
    expect(format.formatDuration(725)).toBe('12:05');
    expect(format.formatDuration(3723)).toBe('1:02:03');
    expect(format.formatDuration(-5)).toBe('0:00');
    expect(plain(format.formatDurationWords(40))).toBe('40 с');
    expect(plain(format.formatDurationWords(11_520))).toBe('3 ч 12 мин');
  });

  it('say how far away an instant is, in the chosen language', () => {
    expect(plain(format.formatRelative('2026-11-23T07:12:30Z', noonInUfa))).toBe('через 12 мин.');
    format.setFormatLocale(() => 'en');
    expect(format.formatRelative('2026-11-23T05:00:00Z', noonInUfa)).toBe('2 hr. ago');
  });

  it('group phones and leave alone what is none', () => {
    expect(plain(format.formatPhone('+73432271213'))).toBe('+7 343 227 12 13');
    expect(format.formatPhone('доб. 12')).toBe('доб. 12');
  });

  it('write money, shares and plurals by the rules of the language', () => {
    expect(plain(format.formatMoney(1_250_000))).toBe('1 250 000 ₽');
    expect(plain(format.formatPercent(0.374))).toBe('37 %');
    const forms = { one: 'звонок', few: 'звонка', many: 'звонков', other: 'звонка' };
    expect([1, 2, 5, 21].map((count) => format.pluralForm(count, forms))).toEqual(['звонок', 'звонка', 'звонков', 'звонок']);
  });

  it('make initials of a name', () => {
    expect(format.initials('  иванова  «Мария» Петровна')).toBe('ИМ');
    expect(format.initials('')).toBe('');
  });
});
