import type { BatchPlan, KnownCompany } from '../../../core/import/plan-batch.ts';
import type { RowProblem } from '../../../core/import/read-row.ts';
import type { Region } from '../../../core/import/regions.ts';

export interface NewImport {
  fileName: string;
  storagePath: string;
  sizeBytes: number;
  sha256: string;
  mapping: Record<string, string>;
  listId: number | null;
  dryRun: boolean;
  createdById: number;
}

/** What the job needs to go on with an import. */
export interface ImportState {
  id: number;
  storagePath: string;
  mapping: Record<string, string>;
  listId: number | null;
  dryRun: boolean;
  status: 'queued' | 'running' | 'done' | 'failed';
  rowsDone: number;
  rowsTotal: number | null;
  /** Zone of the person who imports: the default of companies about whose place nothing is known. */
  timeZone: string;
  createdById: number;
}

/** The list for companies that ask for this skill, or for none; null when the import fills no list. */
export type ListOfSkill = (skill: string | null) => number | null;

export interface ImportCounts {
  created: number;
  merged: number;
  unchanged: number;
  rejected: number;
}

/** A worker's hold on an import, until then nobody else's. */
export interface ImportLease {
  worker: string;
  until: Date;
}

/** A company that the import made, with what its source obliges us to. */
export interface ImportedCompany {
  companyId: number;
  timeZone: string;
  obligationMinutes: number | null;
  /** The list that it was put into. */
  listId: number | null;
}

export interface ImportStore {
  create(input: NewImport): Promise<number>;
  find(importId: number): Promise<ImportState | null>;
  /** Takes or prolongs the hold on an import that has not ended; false while another worker holds it. */
  hold(importId: number, lease: ImportLease, now: Date): Promise<boolean>;
  /** The file is counted and the work begins. */
  begin(importId: number, rowsTotal: number, now: Date): Promise<void>;
  /** Takes the import for this transaction and prolongs the hold; false when it is another worker's, went past `rowsDone` or ended. */
  takeAt(importId: number, rowsDone: number, lease: ImportLease): Promise<boolean>;
  dictionaries(): Promise<{ regions: Region[]; skills: string[] }>;
  /** The list that asks for a skill beside the import's own, which is that one itself when it asks for it; made like it when there is none. */
  listBeside(listId: number, skill: string): Promise<{ id: number; isNew: boolean }>;
  /** Companies of the base that share a key, locked, lowest id first. */
  known(keys: readonly string[], listId: number | null): Promise<KnownCompany[]>;
  /** What a dry run has planned so far for these keys; it goes before `known`. */
  planned(importId: number, keys: readonly string[]): Promise<KnownCompany[]>;
  keepPlanned(importId: number, companies: readonly (KnownCompany & { keys: readonly string[] })[]): Promise<void>;
  /** Writes the facts and remembers where rows went; answers all touched companies and, of them, the new ones. */
  write(
    plan: Pick<BatchPlan, 'companies' | 'newRows'>,
    listOf: ListOfSkill,
    now: Date,
  ): Promise<{ touchedIds: number[]; fresh: ImportedCompany[] }>;
  advance(importId: number, rowsDone: number, counts: ImportCounts, problems: readonly RowProblem[]): Promise<void>;
  finish(importId: number, now: Date, failure: string | null): Promise<void>;
  /** Imports of before that instant that have not ended and that no worker holds now, oldest first. */
  unfinished(createdBefore: Date, now: Date): Promise<number[]>;
  rememberedMapping(headerHash: string): Promise<Record<string, string> | null>;
  rememberMapping(headerHash: string, mapping: Record<string, string>): Promise<void>;
}
