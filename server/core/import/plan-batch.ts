import { keysOf, lookupKeysOf, type CompanyFacts } from './company-facts.ts';
import { mergeDraft, sameFacts } from './merge.ts';
import type { CompanyDraft } from './read-row.ts';

export interface KnownCompany {
  id: number;
  facts: CompanyFacts;
  /** Fingerprints of rows that went to it before. */
  rows: readonly string[];
  /** Already an entry of the list that the import fills. */
  listed: boolean;
}

/** A company that the batch makes or changes; `id` is negative (minus the line) while it does not exist. */
export interface PlannedCompany extends KnownCompany {
  /** Null for a new one. */
  before: CompanyFacts | null;
  /** To be put at the end of the list, or of the one beside it that asks for the company's skill. */
  joinsList: boolean;
}

/** A row and a short form of what it says: the same words give the same fingerprint. */
export interface PrintedDraft extends CompanyDraft {
  fingerprint: string;
}

export interface BatchPlan {
  companies: PlannedCompany[];
  /** Where each row went that was not known to go there. */
  newRows: { fingerprint: string; company: PlannedCompany }[];
  created: number;
  merged: number;
  unchanged: number;
}

/** Older companies first: those of the base by number, then those that the file makes by line. */
const byAge = (left: KnownCompany, right: KnownCompany): number =>
  left.id > 0 === right.id > 0 ? Math.abs(left.id) - Math.abs(right.id) : right.id - left.id;

const rowKeyOf = (fingerprint: string): string => `row:${fingerprint}`;

/** What drafts are looked up by. */
export const draftKeysOf = (draft: PrintedDraft): string[] => [...lookupKeysOf(draft.facts), rowKeyOf(draft.fingerprint)];

/** What a company is found by. */
export const companyKeysOf = (company: KnownCompany): string[] => [...keysOf(company.facts), ...company.rows.map(rowKeyOf)];

type ByKey = ReadonlyMap<string, readonly PlannedCompany[]>;

/** The company with exactly this tax number, else the one that the same row went to before. */
function settledMatch(draft: PrintedDraft, byKey: ByKey): PlannedCompany | undefined {
  const byTaxNumber = draft.facts.taxNumber === null ? undefined : byKey.get(`tax:${draft.facts.taxNumber}`)?.[0];
  return byTaxNumber ?? byKey.get(rowKeyOf(draft.fingerprint))?.[0];
}

/** Whom a draft is, of those that share a key: the tax number decides, then where it went before, then a phone, then the name; a different tax number is another company. */
function matchOf(draft: PrintedDraft, byKey: ByKey): PlannedCompany | null {
  const settled = settledMatch(draft, byKey);
  if (settled) return settled;
  for (const key of lookupKeysOf(draft.facts)) {
    const candidates = (byKey.get(key) ?? [])
      .toSorted(byAge)
      .filter(({ facts }) => facts.taxNumber === null || draft.facts.taxNumber === null || facts.taxNumber === draft.facts.taxNumber);
    const sameName = candidates.find(({ facts }) => facts.normalizedName === draft.facts.normalizedName);
    const found = sameName ?? candidates[0];
    if (found) return found;
  }
  return null;
}

/** The companies that a batch may touch, found by any of their keys as they change. */
class KnownCompanies {
  readonly byKey = new Map<string, PlannedCompany[]>();

  index(company: PlannedCompany): void {
    for (const key of companyKeysOf(company)) {
      const holders = this.byKey.get(key);
      if (!holders) this.byKey.set(key, [company]);
      else if (!holders.includes(company)) holders.push(company);
    }
  }

  /** A company that got its region is no longer found by its name without one. */
  change(company: PlannedCompany, facts: CompanyFacts): void {
    const named = keysOf(company.facts);
    company.facts = facts;
    const kept = new Set(keysOf(facts));
    for (const key of named.filter((name) => !kept.has(name)))
      this.byKey.set(
        key,
        (this.byKey.get(key) ?? []).filter((holder) => holder !== company),
      );
    this.index(company);
  }

  remember(company: PlannedCompany, fingerprint: string): boolean {
    if (company.rows.includes(fingerprint)) return false;
    company.rows = [...company.rows, fingerprint];
    this.byKey.set(rowKeyOf(fingerprint), [company]);
    return true;
  }
}

/** Puts a draft onto its company; false when that changes nothing. */
function absorb(companies: KnownCompanies, company: PlannedCompany, draft: CompanyDraft, toList: boolean): boolean {
  const facts = mergeDraft(company.facts, draft);
  const joins = toList && (!company.listed || facts.skill !== company.facts.skill);
  if (sameFacts(facts, company.facts) && !joins) return false;
  companies.change(company, facts);
  company.listed ||= joins;
  company.joinsList ||= joins;
  return true;
}

/**
 * What a batch of rows does to the companies known so far, rows in their order, each seeing what those before it made.
 * @param known every company that shares a key with any of the drafts, lowest id first
 * @param toList whether the companies are put into a list
 */
export function planBatch(drafts: readonly PrintedDraft[], known: readonly KnownCompany[], toList: boolean): BatchPlan {
  const companies = new KnownCompanies();
  for (const company of known) companies.index({ ...company, before: company.facts, joinsList: false });
  const touched = new Set<PlannedCompany>();
  const plan: BatchPlan = { companies: [], newRows: [], created: 0, merged: 0, unchanged: 0 };
  for (const draft of drafts) {
    const match = matchOf(draft, companies.byKey);
    const company = match ?? { id: -draft.line, facts: draft.facts, rows: [], before: null, listed: toList, joinsList: toList };
    if (!match) {
      companies.index(company);
      touched.add(company);
      plan.created += 1;
    } else if (absorb(companies, match, draft, toList)) {
      touched.add(match);
      plan.merged += 1;
    } else {
      plan.unchanged += 1;
    }
    if (companies.remember(company, draft.fingerprint)) plan.newRows.push({ fingerprint: draft.fingerprint, company });
  }
  plan.companies = [...touched];
  return plan;
}
