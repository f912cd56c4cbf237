import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { migrate } from '../../server/adapters/db/migrate.ts';
import type { Actor } from '../../server/app/actor.ts';
import { startImport } from '../../server/app/imports/start-import.ts';
import { inRoot } from '../lib/paths.mjs';
import { startThrowawayPostgres } from '../lib/postgres.mjs';
import { writeCsv, writeXlsx } from './import/files.ts';
import { copyFloor } from './import/floor.ts';
import { importParts } from './import/parts.ts';
import { rounded, type Bench } from './lib/row.ts';

const quiet = (): void => undefined;
const resultSchema = z.object({ seconds: z.number(), idleMegabytes: z.number(), peakMegabytes: z.number() });
/** Megabytes of heap that the worker may have: an import that kept its rows would not end. */
const heapMegabytes = 192;

/** Runs one import in a process of its own. */
async function inWorker(url: string, folder: string, importId: number): Promise<z.infer<typeof resultSchema>> {
  const child = fork(inRoot('scripts/bench/import/worker.ts'), [url, folder, String(importId)], {
    execArgv: ['--import', 'tsx', '--no-deprecation', `--max-old-space-size=${heapMegabytes}`],
  });
  const said = once(child, 'message');
  const [code] = await Promise.race([once(child, 'exit'), said.then(() => [0])]);
  if (code !== 0) throw new Error(`the import's process ended with ${String(code)}`);
  return resultSchema.parse((await said)[0]);
}

interface Place {
  database: Database;
  url: string;
  folder: string;
  actor: Actor;
}

/** Imports a file and answers what it took; the import must have taken every row. */
async function imported(place: Place, file: string, listId: number | null): Promise<z.infer<typeof resultSchema>> {
  const parts = importParts(place.database, place.folder);
  const stored = await parts.importFiles.store(createReadStream(file), 1_000_000_000);
  const importId = await startImport(parts, place.actor, { file: stored, fileName: 'companies', mapping: {}, listId, dryRun: false });
  const result = await inWorker(place.url, place.folder, importId);
  const { status, failure } = await place.database.prisma.import.findUniqueOrThrow({ where: { id: importId } });
  if (status !== 'done') throw new Error(`the import is ${status}: ${failure ?? ''}`);
  return result;
}

/** `--rows` companies (100,000) from CSV and XLSX into an empty base, and again, in a process with a small heap. */
export async function bench({ row, option }: Bench): Promise<void> {
  const count = Number(option('rows') ?? 100_000);
  const home = await mkdtemp(path.join(tmpdir(), 'import-bench-'));
  // The base's own user writes and reads the files of the floor.
  await chmod(home, 0o777);
  const postgres = await startThrowawayPostgres();
  const url = postgres.url('postgres');
  await migrate(url, quiet);
  const database = openDatabase(url);
  try {
    const folder = path.join(home, 'imports');
    await mkdir(folder);
    const user = await database.prisma.user.create({ data: { email: 'head@bench', name: 'Head', passwordHash: '', role: 'head' } });
    const actor = { id: user.id, name: user.name, role: user.role, teamId: null, timeZone: user.timeZone, locale: 'ru' as const };
    const place = { database, url, folder, actor };
    const csv = path.join(home, 'companies.csv');
    const huge = path.join(home, 'huge-cell.csv');
    const xlsx = path.join(home, 'companies.xlsx');
    await writeCsv(csv, count);
    await writeCsv(huge, 10, true);
    await writeXlsx(xlsx, count);
    const floorSeconds = await copyFloor(database.pool, home, count);
    const floor = 'COPY into the same tables';
    row({ case: floor, metric: 'rows per second', value: Math.round(count / floorSeconds), unit: 'rows/s' });
    const list = await database.prisma.callList.create({ data: { name: 'Список' } });
    const empty = async (): Promise<void> => {
      await database.pool.query('TRUNCATE company, contact, phone, lead, lead_queue, list_entry, import_row RESTART IDENTITY CASCADE');
    };
    const cases = [
      { name: 'CSV, all new', file: csv, rows: count, listId: null, first: empty },
      { name: 'CSV, the same file again', file: csv, rows: count, listId: null, first: quiet },
      { name: 'CSV, all new into a list and its queue', file: csv, rows: count, listId: list.id, first: empty },
      { name: 'XLSX, all new', file: xlsx, rows: count, listId: null, first: empty },
      { name: 'XLSX, the same file again', file: xlsx, rows: count, listId: null, first: quiet },
      { name: 'a cell of 10 MB', file: huge, rows: 11, listId: null, first: empty },
    ];
    for (const { name, file, rows, listId, first } of cases) {
      await first();
      const { seconds, idleMegabytes, peakMegabytes } = await imported(place, file, listId);
      const ratio = rounded(floorSeconds / count / (seconds / rows), 3);
      const speed = { case: name, metric: 'rows per second', value: Math.round(rows / seconds), unit: 'rows/s' };
      row(rows === count ? { ...speed, ratio, against: floor } : speed);
      row({ case: name, metric: 'memory of the worker at most', value: Math.round(peakMegabytes), unit: 'MB' });
      row({ case: name, metric: 'of it, before the first row', value: Math.round(idleMegabytes), unit: 'MB' });
    }
  } finally {
    await database.close();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  }
}
