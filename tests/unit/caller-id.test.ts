import { describe, expect, it } from 'vitest';
import { chooseNumber, type OwnNumber } from '../../server/core/caller-id/choose-number.ts';

const now = new Date('2026-11-24T10:00:00Z');
const number = (e164: string, more: Partial<OwnNumber> = {}): OwnNumber => ({
  e164,
  region: null,
  dailyLimit: 10,
  dialsToday: 0,
  lastDialAt: null,
  enabled: true,
  restsUntil: null,
  ...more,
});
const moscow = number('+74950000001', { region: 'Москва' });
const petersburg = number('+78120000001', { region: 'Санкт-Петербург' });
const mobile = number('+79990000001');
const shown = (numbers: readonly OwnNumber[], called: string) => chooseNumber(numbers, called, now)?.e164 ?? null;

describe('the number that a dial shows', () => {
  it('is of the region that is called, whatever else is free', () => {
    const used = { ...petersburg, dialsToday: 9 };
    expect(shown([moscow, used, mobile], '+78123334455')).toBe(petersburg.e164);
    expect(shown([moscow, used, mobile], '+74953334455')).toBe(moscow.e164);
  });

  it('rotates by what is left of each daily limit, then by who rested longest', () => {
    expect(
      shown(
        [
          { ...moscow, dialsToday: 5 },
          { ...mobile, dialsToday: 5, dailyLimit: 100 },
        ],
        '+79161112233',
      ),
    ).toBe(mobile.e164);
    const earlier = { ...moscow, dialsToday: 1, lastDialAt: new Date('2026-11-24T08:00:00Z') };
    const later = { ...mobile, dialsToday: 1, lastDialAt: new Date('2026-11-24T09:00:00Z') };
    expect(shown([later, earlier], '+79161112233')).toBe(moscow.e164);
  });

  it('goes past a near number whose limit is used up, and past the limits only when all are', () => {
    const spent = { ...petersburg, dialsToday: 10 };
    expect(shown([spent, moscow], '+78123334455')).toBe(moscow.e164);
    expect(shown([spent, { ...moscow, dialsToday: 12 }], '+78123334455')).toBe(petersburg.e164);
  });

  it('is never one that is off or rests, not even the last', () => {
    const resting = { ...petersburg, restsUntil: new Date('2026-11-25T00:00:00Z') };
    expect(shown([resting, { ...moscow, enabled: false }], '+78123334455')).toBeNull();
    expect(shown([{ ...resting, restsUntil: now }], '+78123334455')).toBe(petersburg.e164);
    expect(shown([], '+78123334455')).toBeNull();
  });
});
