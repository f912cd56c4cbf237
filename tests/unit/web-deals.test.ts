import { describe, expect, it } from 'vitest';
import { readAmount, writeAmount } from '../../web/src/lib/features/deals/amount.ts';

describe('a sum of money', () => {
  it.each([
    ['', null],
    ['250000', 250_000],
    ['1 250 000,50', 1_250_000.5],
    ['1\u00A0250\u00A0000 ₽', 1_250_000],
    ['много', undefined],
    ['-5', undefined],
    ['1.234', undefined],
  ])('typed as «%s» is %s', (typed, read) => expect(readAmount(typed)).toBe(read));

  it.each([0, 7, 99.9, 1_510_000, 999_999_999_999])('%s is read as it was written', (amount) =>
    expect(readAmount(writeAmount(amount))).toBe(amount),
  );
});
