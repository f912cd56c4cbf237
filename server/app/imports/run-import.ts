import type { Settings } from '../../contract/settings.ts';
import { addMinutes } from '../../core/hours/local-time.ts';
import { settleMapping } from '../../core/import/fields.ts';
import { placeKey, type Region } from '../../core/import/regions.ts';
import type { RowContext, SourceRow } from '../../core/import/read-row.ts';
import { UnreadableFile, type ImportTable } from '../ports/import-files.ts';
import type { ImportState } from '../ports/stores/imports.ts';
import { importBatch } from './import-batch.ts';
import type { ImportParts } from './start-import.ts';

/** One transaction each: small enough to stay far from the statement's time limit, large enough to be quick. */
const batchRows = 500;

async function countRows(table: ImportTable): Promise<number> {
  let count = 0;
  for await (const _row of table.rows()) count += 1;
  return count;
}

const isTimeZone = (name: string): boolean => name.includes('/') && Intl.supportedValuesOf('timeZone').includes(name);

function contextOf(table: ImportTable, state: ImportState, settings: Settings, regions: readonly Region[]): RowContext {
  return {
    headers: table.headers,
    mapping: settleMapping(table.headers, {}, state.mapping),
    country: settings.calls.defaultCountry,
    defaultTimeZone: state.timeZone,
    regions: new Map(regions.map((region) => [placeKey(region.name), region])),
    isTimeZone,
  };
}

/** Rows in batches, those that are done left out; `upTo` counts from the file's first row. */
async function* batchesAfter(table: ImportTable, rowsDone: number): AsyncGenerator<{ rows: SourceRow[]; upTo: number }> {
  let seen = 0;
  let rows: SourceRow[] = [];
  for await (const row of table.rows()) {
    seen += 1;
    if (seen <= rowsDone) continue;
    rows.push(row);
    if (rows.length < batchRows) continue;
    yield { rows, upTo: seen };
    rows = [];
  }
  if (rows.length > 0) yield { rows, upTo: seen };
}

async function work(app: ImportParts, state: ImportState): Promise<void> {
  const table = await app.importFiles.open(state.storagePath);
  if (state.status === 'queued') {
    const rowsTotal = await countRows(table);
    await app.unitOfWork.run((stores) => stores.imports.begin(state.id, rowsTotal, app.clock.now()));
  }
  const settings = await app.settings.read();
  const context = contextOf(table, state, settings, await app.unitOfWork.run((stores) => stores.imports.regions()));
  let rowsDone = state.rowsDone;
  for await (const { rows, upTo } of batchesAfter(table, rowsDone)) {
    const before = rowsDone;
    const taken = await app.unitOfWork.run((stores) =>
      importBatch(stores, { state, context, rows, rowsDone: before, upTo, now: app.clock.now(), settings }),
    );
    if (!taken) {
      app.log.info({ importId: state.id, rowsDone }, 'another worker goes on with this import');
      return;
    }
    rowsDone = upTo;
  }
  await app.unitOfWork.run((stores) => stores.imports.finish(state.id, app.clock.now(), null));
}

/**
 * The job `import.run`: reads the file from the row after the last one done. Each batch is one transaction that also moves that mark,
 * so that a killed import goes on where it was and never does a row twice. What is wrong with the file itself ends it with the reason.
 */
export async function runImport(app: ImportParts, importId: number): Promise<void> {
  const state = await app.unitOfWork.run((stores) => stores.imports.find(importId));
  if (!state || state.status === 'done' || state.status === 'failed') return;
  try {
    await work(app, state);
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    app.log.warn({ importId, failure }, 'import ended');
    await app.unitOfWork.run((stores) => stores.imports.finish(importId, app.clock.now(), failure));
  }
}

/** What nobody can mend by trying again; anything else is thrown, and the job is tried again. */
function failureOf(error: unknown): string | null {
  if (error instanceof UnreadableFile) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return 'Файл импорта пропал: загрузите его ещё раз';
  return null;
}

/**
 * Imports that a lost job left behind are enqueued again: all of them when a worker starts (`olderThanMinutes` 0), old ones by the sweeper.
 * Two workers on one import never double a row.
 */
export async function resumeImports(app: ImportParts, olderThanMinutes: number): Promise<void> {
  const createdBefore = addMinutes(app.clock.now(), -olderThanMinutes);
  await app.unitOfWork.run(async (stores) => {
    for (const importId of await stores.imports.unfinished(createdBefore))
      await stores.outbox.enqueue({ name: 'import.run', payload: { importId } });
  });
}
