import { createHash } from 'node:crypto';
import type { Settings } from '../../contract/settings.ts';
import {
  companyKeysOf,
  draftKeysOf,
  planBatch,
  type BatchPlan,
  type KnownCompany,
  type PrintedDraft,
} from '../../core/import/plan-batch.ts';
import { readRow, type CompanyDraft, type RowContext, type SourceRow } from '../../core/import/read-row.ts';
import type { ImportLease, ImportState, ListOfSkill } from '../ports/stores/imports.ts';
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
  // A skill says who calls a company, not which one it is.
  const { line: _line, facts, ...said } = draft;
  const { skill: _skill, ...identity } = facts;
  return {
    ...draft,
    fingerprint: createHash('sha256')
      .update(JSON.stringify({ facts: identity, ...said }))
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

/** Where companies go by the skill that they ask for: the import's own list, or one beside it that is made when it is needed first. */
async function listsFor(stores: Stores, state: ImportState, plan: BatchPlan): Promise<ListOfSkill> {
  const { listId } = state;
  if (listId === null) return () => null;
  const asked = new Set(plan.companies.flatMap(({ facts, joinsList }) => (joinsList && facts.skill !== null ? [facts.skill] : [])));
  const bySkill = new Map<string, number>();
  for (const skill of asked) {
    const list = await stores.imports.listBeside(listId, skill);
    bySkill.set(skill, list.id);
    if (!list.isNew) continue;
    const details = { importId: state.id, besideListId: listId, skill };
    await stores.audit.write({ userId: state.createdById, action: 'list.create', entity: 'list', entityId: list.id, details });
  }
  return (skill) => (skill === null ? listId : (bySkill.get(skill) ?? listId));
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
    const { touchedIds, fresh } = await stores.imports.write(plan, await listsFor(stores, state, plan), now);
    await promiseFreshLeads(stores, fresh, now);
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
