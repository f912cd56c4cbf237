import { createHash } from 'node:crypto';
import type { Settings } from '../../contract/settings.ts';
import { companyKeysOf, draftKeysOf, planBatch, type KnownCompany, type PrintedDraft } from '../../core/import/plan-batch.ts';
import { readRow, type CompanyDraft, type RowContext, type SourceRow } from '../../core/import/read-row.ts';
import type { ImportLease, ImportState } from '../ports/stores/imports.ts';
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
  lease: ImportLease;
  now: Date;
  settings: Settings;
}

/** The same words in any file on any line have the same fingerprint; in the form of a UUID, which the base keeps in 16 bytes. */
function printed(draft: CompanyDraft): PrintedDraft {
  const { line: _line, ...said } = draft;
  return {
    ...draft,
    fingerprint: createHash('sha256')
      .update(JSON.stringify(said))
      .digest('hex')
      .slice(0, 32)
      .replace(/^(.{8})(.{4})(.{4})(.{4})/u, '$1-$2-$3-$4-'),
  };
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
  if (!(await stores.imports.takeAt(state.id, input.rowsDone, input.lease))) return false;
  const readings = input.rows.map((row) => readRow(row, input.context));
  const drafts = readings.flatMap(({ draft }) => (draft ? [printed(draft)] : []));
  const keys = [...new Set(drafts.flatMap(draftKeysOf))];
  const plan = planBatch(drafts, await knownFor(stores, state, keys), state.listId !== null);
  if (state.dryRun) {
    const kept = new Set([...plan.companies, ...plan.newRows.map(({ company }) => company)]);
    await stores.imports.keepPlanned(
      state.id,
      [...kept].map((company) => ({ ...company, keys: companyKeysOf(company) })),
    );
  } else {
    const { touchedIds, fresh } = await stores.imports.write(plan, state.listId, now);
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
