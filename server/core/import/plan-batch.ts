import { keysOf, lookupKeysOf, type CompanyFacts } from './company-facts.ts';
import { mergeDraft, sameFacts } from './merge.ts';
import type { CompanyDraft } from './read-row.ts';

export interface KnownCompany {
  id: number;
  facts: CompanyFacts;
  /** Already an entry of the list that the import fills. */
  listed: boolean;
}

/** A company that the batch makes or changes; `id` is negative (minus the line) while it does not exist. */
export interface PlannedCompany extends KnownCompany {
  /** Null for a new one. */
  before: CompanyFacts | null;
  /** To be put at the end of the list. */
  joinsList: boolean;
}

export interface BatchPlan {
  companies: PlannedCompany[];
  created: number;
  merged: number;
  unchanged: number;
}

/** Older companies first: those of the base by number, then those that the file makes by line. */
const byAge = (left: KnownCompany, right: KnownCompany): number =>
  left.id > 0 === right.id > 0 ? Math.abs(left.id) - Math.abs(right.id) : right.id - left.id;

/** Whom a draft is, of those that share a key: the tax number decides, then a phone, then the name; a different tax number is another company. */
function matchOf(draft: CompanyDraft, byKey: ReadonlyMap<string, PlannedCompany[]>): PlannedCompany | null {
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

/**
 * What a batch of rows does to the companies known so far, rows in their order, each seeing what those before it made.
 * @param known every company that shares a key with any of the drafts, lowest id first
 * @param toList whether the companies are put into a list
 */
export function planBatch(drafts: readonly CompanyDraft[], known: readonly KnownCompany[], toList: boolean): BatchPlan {
  const byKey = new Map<string, PlannedCompany[]>();
  const index = (company: PlannedCompany): void => {
    for (const key of keysOf(company.facts)) {
      const holders = byKey.get(key) ?? [];
      if (!holders.includes(company)) byKey.set(key, [...holders, company]);
    }
  };
  const forget = (company: PlannedCompany): void => {
    for (const key of keysOf(company.facts))
      byKey.set(
        key,
        (byKey.get(key) ?? []).filter((holder) => holder !== company),
      );
  };
  const touched = new Set<PlannedCompany>();
  const plan: BatchPlan = { companies: [], created: 0, merged: 0, unchanged: 0 };
  for (const company of known) index({ ...company, before: company.facts, joinsList: false });
  for (const draft of drafts) {
    const match = matchOf(draft, byKey);
    if (!match) {
      const company: PlannedCompany = { id: -draft.line, facts: draft.facts, before: null, listed: toList, joinsList: toList };
      index(company);
      touched.add(company);
      plan.created += 1;
      continue;
    }
    const facts = mergeDraft(match.facts, draft);
    const joins = toList && !match.listed;
    if (sameFacts(facts, match.facts) && !joins) {
      plan.unchanged += 1;
      continue;
    }
    forget(match);
    match.facts = facts;
    match.listed ||= joins;
    match.joinsList ||= joins;
    index(match);
    touched.add(match);
    plan.merged += 1;
  }
  plan.companies = [...touched];
  return plan;
}
