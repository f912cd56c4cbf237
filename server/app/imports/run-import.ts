import { randomUUID } from 'node:crypto';
import type { Settings } from '../../contract/settings.ts';
import { addMinutes } from '../../core/hours/local-time.ts';
import { settleMapping } from '../../core/import/fields.ts';
import { placeKey, type Region } from '../../core/import/regions.ts';
import { skillKey, type RowContext, type SourceRow } from '../../core/import/read-row.ts';
import { UnreadableFile, type ImportTable } from '../ports/import-files.ts';
import type { ImportLease, ImportState } from '../ports/stores/imports.ts';
import { importBatch } from './import-batch.ts';
import type { ImportParts } from './start-import.ts';

/** One transaction each: small enough to stay far from the statement's time limit, large enough to be quick. */
const batchRows = 500;

/** A worker that was killed is missed after so long; one that works says so four times as often. */
const leaseSeconds = 60;
const sayEveryMs = (leaseSeconds * 1000) / 4;
const lookAtClockEveryRows = 1_000;

const leaseOf = (app: ImportParts, worker: string): ImportLease => ({
  worker,
  until: new Date(app.clock.now().getTime() + leaseSeconds * 1000),
});
const hold = (app: ImportParts, importId: number, worker: string): Promise<boolean> =>
  app.unitOfWork.run((stores) => stores.imports.hold(importId, leaseOf(app, worker), app.clock.now()));

/** The rows, while the hold on the import is kept: counting a million of them, or passing those that are done, takes longer than a lease. */
async function* rowsWhileHeld(app: ImportParts, state: ImportState, table: ImportTable, worker: string): AsyncGenerator<SourceRow> {
  let seen = 0;
  let saidAtMs = app.clock.now().getTime();
  for await (const row of table.rows()) {
    yield row;
    seen += 1;
    if (seen % lookAtClockEveryRows !== 0 || app.clock.now().getTime() - saidAtMs < sayEveryMs) continue;
    saidAtMs = app.clock.now().getTime();
    if (!(await hold(app, state.id, worker))) throw new HeldByAnother();
  }
}

/** Another worker took the import over, or it was ended: this one has nothing left to do. */
class HeldByAnother extends Error {}

async function countRows(rows: AsyncIterable<SourceRow>): Promise<number> {
  let count = 0;
  for await (const _row of rows) count += 1;
  return count;
}

const isTimeZone = (name: string): boolean => name.includes('/') && Intl.supportedValuesOf('timeZone').includes(name);

function contextOf(
  table: ImportTable,
  state: ImportState,
  settings: Settings,
  { regions, skills }: { regions: readonly Region[]; skills: readonly string[] },
): RowContext {
  return {
    headers: table.headers,
    mapping: settleMapping(table.headers, {}, state.mapping),
    country: settings.calls.defaultCountry,
    defaultTimeZone: state.timeZone,
    regions: new Map(regions.map((region) => [placeKey(region.name), region])),
    skills: new Map(skills.map((skill) => [skillKey(skill), skill])),
    isTimeZone,
  };
}

/** Rows in batches, those that are done left out; `upTo` counts from the file's first row. */
async function* batchesAfter(source: AsyncIterable<SourceRow>, rowsDone: number): AsyncGenerator<{ rows: SourceRow[]; upTo: number }> {
  let seen = 0;
  let rows: SourceRow[] = [];
  for await (const row of source) {
    seen += 1;
    if (seen <= rowsDone) continue;
    rows.push(row);
    if (rows.length < batchRows) continue;
    yield { rows, upTo: seen };
    rows = [];
  }
  if (rows.length > 0) yield { rows, upTo: seen };
}

async function work(app: ImportParts, state: ImportState, worker: string, table: ImportTable): Promise<void> {
  if (state.status === 'queued') {
    const rowsTotal = await countRows(rowsWhileHeld(app, state, table, worker));
    await app.unitOfWork.run((stores) => stores.imports.begin(state.id, rowsTotal, app.clock.now()));
  }
  const settings = await app.settings.read();
  const context = contextOf(table, state, settings, await app.unitOfWork.run((stores) => stores.imports.dictionaries()));
  let rowsDone = state.rowsDone;
  for await (const { rows, upTo } of batchesAfter(rowsWhileHeld(app, state, table, worker), rowsDone)) {
    const before = rowsDone;
    const batch = { state, context, rows, rowsDone: before, upTo, lease: leaseOf(app, worker), now: app.clock.now(), settings };
    if (!(await app.unitOfWork.run((stores) => importBatch(stores, batch)))) throw new HeldByAnother();
    rowsDone = upTo;
  }
  await app.unitOfWork.run((stores) => stores.imports.finish(state.id, app.clock.now(), null));
}

/**
 * The job `import.run`: reads the file from the row after the last one done. Each batch is one transaction that also moves that mark,
 * so that a killed import goes on where it was and never does a row twice. What is wrong with the file itself ends it with the reason.
 */
export async function runImport(app: ImportParts, importId: number): Promise<void> {
  const worker = randomUUID();
  if (!(await hold(app, importId, worker))) return;
  const state = await app.unitOfWork.run((stores) => stores.imports.find(importId));
  if (!state) return;
  try {
    await app.importFiles.read(state.storagePath, (table) => work(app, state, worker, table));
  } catch (error) {
    if (error instanceof HeldByAnother) {
      app.log.info({ importId }, 'another worker goes on with this import');
      return;
    }
    const failure = failureOf(error);
    if (failure === null) {
      await letGo(app, importId, worker);
      throw error;
    }
    app.log.warn({ importId, failure }, 'import ended');
    await app.unitOfWork.run((stores) => stores.imports.finish(importId, app.clock.now(), failure));
  }
}

/** Its job tries again soon: it need not wait for the lease of a worker that gave up. Without the base the lease runs out by itself. */
async function letGo(app: ImportParts, importId: number, worker: string): Promise<void> {
  const now = app.clock.now();
  try {
    await app.unitOfWork.run((stores) => stores.imports.hold(importId, { worker, until: now }, now));
  } catch (error) {
    app.log.warn({ importId, err: error }, 'the hold on an import could not be given back');
  }
}

/** What nobody can mend by trying again; anything else is thrown, and the job is tried again. */
function failureOf(error: unknown): string | null {
  if (error instanceof UnreadableFile) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'Файл импорта пропал: загрузите его ещё раз';
  return null;
}

/** Imports that a lost job or a killed worker left behind are enqueued again; one that somebody holds is left alone. */
export async function resumeImports(app: ImportParts, olderThanMinutes: number): Promise<void> {
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    for (const importId of await stores.imports.unfinished(addMinutes(now, -olderThanMinutes), now))
      await stores.outbox.enqueue({ name: 'import.run', payload: { importId } });
  });
}
