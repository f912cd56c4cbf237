import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createReadStream } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { diskImportFiles } from '../../server/adapters/import-files/disk-import-files.ts';
import { openDatabase } from '../../server/adapters/db/client.ts';
import { migrate } from '../../server/adapters/db/migrate.ts';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import { runImport } from '../../server/app/imports/run-import.ts';
import { startImport, type ImportParts } from '../../server/app/imports/start-import.ts';
import { startThrowawayPostgres } from '../lib/postgres.mjs';

interface Row {
  case: string;
  metric: string;
  value: number;
  unit: string;
}

const count = 100_000;
const quiet = () => undefined;

function* lines(): Generator<string> {
  yield 'Название;ИНН;Телефон;Регион;Контакт;Примечание\n';
  for (let index = 0; index < count; index += 1) {
    yield `ООО «Компания ${index}»;${1_000_000_000 + index};8 495 0${String(index).padStart(6, '0')};Москва;Иванов Иван;строка ${index}\n`;
  }
}

/** Runs one import and samples the memory of the process while it works. */
async function measured(parts: ImportParts, importId: number): Promise<{ seconds: number; peakMegabytes: number }> {
  let peak = 0;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100);
  const startedMs = performance.now();
  try {
    await runImport(parts, importId);
  } finally {
    clearInterval(timer);
  }
  return { seconds: (performance.now() - startedMs) / 1000, peakMegabytes: peak / 1024 / 1024 };
}

/** 100,000 companies from CSV into an empty base, then the same file again. */
export async function bench({ row }: { row: (row: Row) => void }): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'import-bench-'));
  const postgres = await startThrowawayPostgres();
  const url = postgres.url('postgres');
  await migrate(url, quiet);
  const database = openDatabase(url);
  const parts: ImportParts = {
    clock: { now: () => new Date() },
    log: { info: quiet, warn: quiet, error: quiet },
    settings: settingsReader(database.prisma),
    unitOfWork: prismaUnitOfWork(database.prisma),
    importFiles: diskImportFiles(folder),
  };
  try {
    const file = path.join(folder, 'companies.csv');
    await pipeline(Readable.from(lines()), createWriteStream(file));
    const user = await database.prisma.user.create({ data: { email: 'head@bench', name: 'Head', passwordHash: '', role: 'head' } });
    const actor = { id: user.id, name: user.name, role: user.role, teamId: null, timeZone: user.timeZone, locale: 'ru' as const };
    for (const name of ['100,000 new companies', 'the same file again']) {
      const stored = await parts.importFiles.store(createReadStream(file), 1_000_000_000);
      const importId = await startImport(parts, actor, {
        file: stored,
        fileName: 'companies.csv',
        mapping: {},
        listId: null,
        dryRun: false,
      });
      const { seconds, peakMegabytes } = await measured(parts, importId);
      row({ case: name, metric: 'rows per second', value: Math.round(count / seconds), unit: 'rows/s' });
      row({ case: name, metric: 'memory of the process at most', value: Math.round(peakMegabytes), unit: 'MB' });
    }
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
