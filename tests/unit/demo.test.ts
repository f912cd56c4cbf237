import { parsePhoneNumberWithError } from 'libphonenumber-js';
import { describe, expect, it } from 'vitest';
import { makeCompanies } from '../../scripts/demo/companies.ts';
import { fictionalPhone, talkativePhone } from '../../scripts/demo/phone-number.ts';
import { seededRandom } from '../../scripts/demo/random.ts';
import { companyTaxNumber, entrepreneurTaxNumber } from '../../scripts/demo/tax-number.ts';
import { makeDepartment } from '../../scripts/demo/department.ts';

describe('fictional numbers', () => {
  it('give tax numbers of no region whose check digits are right', () => {
    expect(companyTaxNumber(1)).toMatch(/^00\d{8}$/);
    const digits = [...companyTaxNumber(1_234_567)].map(Number);
    const sum = [2, 4, 10, 3, 5, 9, 4, 6, 8].reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0);
    expect(digits[9]).toBe((sum % 11) % 10);
    expect(entrepreneurTaxNumber(42)).toMatch(/^00\d{10}$/);
  });

  it('give telephones that parse, lie where no subscriber is and have no fixed fate', () => {
    for (let index = 0; index < 2_000; index += 1) {
      const { e164 } = fictionalPhone('343', index);
      expect(parsePhoneNumberWithError(e164).isPossible()).toBe(true);
      expect(e164).toMatch(/^\+73430\d{6}$/);
      expect(Number(e164.slice(-4))).toBeGreaterThanOrEqual(1_000);
    }
    expect(talkativePhone('495', 7)).toMatch(/^\+74950\d{2}0001$/);
  });
});

describe('the directory', () => {
  it('is the same for the same seed and another for another', () => {
    const names = (seed: number): string[] => makeCompanies(seededRandom(seed), 200).map((company) => company.name);
    expect(names(1)).toEqual(names(1));
    expect(names(2)).not.toEqual(names(1));
  });

  it('gives no telephone or tax number twice', () => {
    const companies = makeCompanies(seededRandom(1), 5_000);
    const phones = companies.flatMap((company) => company.phones.map((phone) => phone.e164));
    expect(new Set(phones).size).toBe(phones.length);
    expect(new Set(companies.map((company) => company.taxNumber)).size).toBe(companies.length);
  });
});

describe('the department at any hour', () => {
  it.each(['2026-11-24T00:05:00Z', '2026-11-24T06:30:00Z', '2026-11-24T12:00:00Z', '2026-11-24T18:30:00Z', '2026-11-29T19:30:00Z'])(
    'has promises around %s and nothing after it',
    (instant) => {
      const now = new Date(instant);
      const { ledger, cast } = makeDepartment({ now, seed: 1, companies: 5_000 });
      expect(ledger.calls.rows.filter((call) => call.disposedAt > now)).toEqual([]);
      const open = ledger.promises.rows.filter((promise) => promise.status === 'open');
      expect(new Set(open.map((promise) => promise.companyId)).size).toBe(open.length);
      for (let repId = 1; repId <= 6; repId += 1) {
        const due = open.filter((promise) => promise.repId === repId && promise.startsAt <= now && promise.deadlineAt >= now);
        expect(due.length, `rep ${repId}`).toBeGreaterThanOrEqual(5);
      }
      const ofCast = new Map(cast.map((one) => [one.state.company.id, one]));
      expect([...ofCast.values()].filter(({ cast: part, state }) => part === 'hot' && state.stage < 4)).toEqual([]);
    },
    60_000,
  );
});
