import type { Settings } from '../../contract/settings.ts';
import { keysOf, lookupKeysOf } from '../../core/import/company-facts.ts';
import { planBatch, type KnownCompany } from '../../core/import/plan-batch.ts';
import { readRow, type RowContext, type SourceRow } from '../../core/import/read-row.ts';
import type { ImportState } from '../ports/stores/imports.ts';
import type { Stores } from '../ports/stores/index.ts';
import { placeLeads } from '../queue/place-lead.ts';
import { promiseFreshLeads } from './promise-fresh-leads.ts';

export interface ImportBatchInput {
  state: ImportState;
  context: RowContext;
  rows: readonly SourceRow[];
  /** Rows done before this batch, and after it. */
  rowsDone: number;
  upTo: number;
  now: Date;
  settings: Settings;
}

/** A dry run sees what it has planned before what the base says. */
async function knownFor(stores: Stores, state: ImportState, keys: readonly string[]): Promise<KnownCompany[]> {
  const stored = await stores.imports.known(keys, state.listId);
  if (!state.dryRun) return stored;
  const planned = await stores.imports.planned(state.id, keys);
  const plannedIds = new Set(planned.map(({ id }) => id));
  return [...stored.filter(({ id }) => !plannedIds.has(id)), ...planned];
}

/** One batch in one transaction; false when the import is no longer where this worker left it. */
export async function importBatch(stores: Stores, input: ImportBatchInput): Promise<boolean> {
  const { state, now, settings } = input;
  if (!(await stores.imports.takeAt(state.id, input.rowsDone))) return false;
  const readings = input.rows.map((row) => readRow(row, input.context));
  const drafts = readings.flatMap(({ draft }) => (draft ? [draft] : []));
  const keys = [...new Set(drafts.flatMap(({ facts }) => lookupKeysOf(facts)))];
  const plan = planBatch(drafts, await knownFor(stores, state, keys), state.listId !== null);
  if (state.dryRun) {
    await stores.imports.keepPlanned(
      state.id,
      plan.companies.map((company) => ({ ...company, keys: keysOf(company.facts) })),
    );
  } else {
    const { touchedIds, fresh } = await stores.imports.write(plan.companies, state.listId, now);
    if (state.listId !== null) await promiseFreshLeads(stores, { listId: state.listId, companies: fresh, now });
    await placeLeads(stores, { companyIds: touchedIds, now, settings });
  }
  const rejected = readings.filter(({ draft }) => draft === null).length;
  await stores.imports.advance(
    state.id,
    input.upTo,
    { ...plan, rejected },
    readings.flatMap(({ problems }) => problems),
  );
  return true;
}
