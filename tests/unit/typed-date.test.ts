import { describe, expect, it } from 'vitest';
import { readTypedDate, writeDate } from '../../web/src/lib/ui/typed-date.ts';

const today = '2026-11-24';

describe('a typed date', () => {
  it.each([
    ['24.12.2026', '2026-12-24'],
    ['1/2/27', '2027-02-01'],
    ['5 12 2026', '2026-12-05'],
    ['2026-12-01', '2026-12-01'],
    ['24.11', '2026-11-24'],
    ['23.11', '2027-11-23'],
    [' 01.12. ', '2026-12-01'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is %s', (text, date) => {
    expect(readTypedDate(text, today)).toBe(date);
  });

  it.each(['', '31.02.2027', '32.01', '12.13', 'завтра', '24', '24.11.2'])('«%s» is none', (text) => {
    expect(readTypedDate(text, today)).toBeNull();
  });

  it('is written as each language writes it, and read back', () => {
    for (const locale of ['ru', 'en'] as const) expect(readTypedDate(writeDate('2026-12-05', locale), today)).toBe('2026-12-05');
    expect(writeDate('2026-12-05', 'ru')).toBe('05.12.2026');
    expect(writeDate('2026-12-05', 'en')).toBe('05/12/2026');
  });
});
