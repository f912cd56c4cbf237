import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CompanyFacts } from '../../server/core/import/company-facts.ts';
import { mergeDraft, sameFacts } from '../../server/core/import/merge.ts';
import { planBatch, type KnownCompany, type PrintedDraft } from '../../server/core/import/plan-batch.ts';
import type { CompanyDraft } from '../../server/core/import/read-row.ts';

// Few values, so that rows meet each other often.
const maybe = (...values: string[]) => fc.constantFrom<string | null>(null, ...values);
const facts: fc.Arbitrary<CompanyFacts> = fc
  .record({
    name: fc.constantFrom('Альфа', 'Бета', 'Гамма'),
    taxNumber: maybe('7701234567', '7701234568'),
    region: maybe('Москва', 'Тула'),
    city: maybe('Тула', 'Химки'),
    channel: maybe('Опт', 'Розница'),
    subchannel: maybe('Склад'),
    source: maybe('Сайт'),
    skill: maybe('Английский', 'Немецкий'),
    site: maybe('a.example', 'b.example'),
    notes: fc.constantFrom('', 'раз', 'два'),
    fields: fc.dictionary(fc.constantFrom('Оборот', 'Штат'), fc.constantFrom('1', '2', '1 | 2')),
    phones: fc.uniqueArray(fc.constantFrom('+74950000001', '+74950000002', '+74950000003'), { maxLength: 2 }),
    contact: maybe('Иванов', 'Петров'),
    position: maybe('директор', 'закупки'),
  })
  .map(({ phones, contact, position, ...rest }) => ({
    ...rest,
    normalizedName: rest.name.toLowerCase(),
    legalName: null,
    address: null,
    timeZone: 'Europe/Moscow',
    category: 'C' as const,
    subchannel: rest.channel === null ? null : rest.subchannel,
    phones: phones.map((e164) => ({ e164, extension: null, contactName: contact })),
    contacts: contact === null ? [] : [{ name: contact, position, role: 'unknown' as const, email: null }],
  }));
const draft: fc.Arbitrary<CompanyDraft> = facts.map((given) => ({ line: 1, facts: given, saidTimeZone: false, saidCategory: false }));
const drafts = fc.array(draft, { maxLength: 12 }).map((rows) => rows.map((row, index) => printed({ ...row, line: index + 2 })));
const printed = (row: CompanyDraft): PrintedDraft => ({ ...row, fingerprint: JSON.stringify(row.facts) });

/** What a base would answer after a plan was written. */
const written = (plan: ReturnType<typeof planBatch>): KnownCompany[] =>
  plan.companies.map(({ facts: after, rows, listed }, index) => ({ id: index + 1, facts: after, rows, listed }));

describe('merging', () => {
  it('overwrites nothing, loses nothing, and is the same done twice', () => {
    fc.assert(
      fc.property(facts, draft, (older, row) => {
        const merged = mergeDraft(older, row);
        for (const field of ['name', 'taxNumber', 'region', 'city', 'channel', 'subchannel', 'source', 'skill', 'site'] as const) {
          if (older[field] !== null) expect(merged[field]).toBe(older[field]);
        }
        expect(merged.phones.map(({ e164 }) => e164)).toEqual(
          expect.arrayContaining([...older.phones, ...row.facts.phones].map(({ e164 }) => e164)),
        );
        expect(merged.contacts.map(({ name }) => name)).toEqual(
          expect.arrayContaining([...older.contacts, ...row.facts.contacts].map(({ name }) => name)),
        );
        const everything = JSON.stringify(merged);
        for (const value of [row.facts.city, row.facts.site, row.facts.taxNumber, ...Object.values(row.facts.fields)])
          if (value !== null) expect(everything).toContain(value);
        expect(sameFacts(mergeDraft(merged, row), merged)).toBe(true);
      }),
    );
  });
});

describe('a batch', () => {
  it('counts every row once and never makes two companies of one tax number', () => {
    fc.assert(
      fc.property(drafts, (rows) => {
        const plan = planBatch(rows, [], true);
        expect(plan.created + plan.merged + plan.unchanged).toBe(rows.length);
        expect(plan.companies).toHaveLength(plan.created);
        const taxNumbers = plan.companies.flatMap(({ facts: { taxNumber } }) => (taxNumber === null ? [] : [taxNumber]));
        expect(new Set(taxNumbers).size).toBe(taxNumbers.length);
      }),
    );
  });

  it('comes to the same companies whether cut in two or not', () => {
    fc.assert(
      fc.property(drafts, fc.nat(12), (rows, cut) => {
        const whole = planBatch(rows, [], false);
        const first = planBatch(rows.slice(0, cut), [], false);
        const base = written(first);
        const second = planBatch(rows.slice(cut), base, false);
        expect([first.created + second.created, first.merged + second.merged]).toEqual([whole.created, whole.merged]);
      }),
    );
  });

  it('changes nothing when it comes again, whatever its rows share', () => {
    fc.assert(
      fc.property(drafts, fc.nat(12), (rows, cut) => {
        const base = written(planBatch(rows, [], true));
        const again = [planBatch(rows.slice(0, cut), base, true), planBatch(rows.slice(cut), base, true)];
        for (const plan of again) expect(plan).toMatchObject({ created: 0, merged: 0, companies: [], newRows: [] });
        expect(again.map(({ unchanged }) => unchanged)).toEqual([Math.min(cut, rows.length), Math.max(0, rows.length - cut)]);
      }),
      { numRuns: 2_000 },
    );
  });

  it('follows the tax number before what a row was taken for', () => {
    fc.assert(
      fc.property(drafts, (rows) => {
        const plan = planBatch(rows, [], false);
        for (const row of rows.filter(({ facts: { taxNumber } }) => taxNumber !== null)) {
          const holder = plan.companies.find(({ rows: taken }) => taken.includes(row.fingerprint));
          expect(holder?.facts.taxNumber).toBe(row.facts.taxNumber);
        }
      }),
    );
  });
});
