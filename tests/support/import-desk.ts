import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openDatabase } from '../../server/adapters/db/client.ts';
import type { Actor } from '../../server/app/actor.ts';
import { runImport } from '../../server/app/imports/run-import.ts';
import { startImport } from '../../server/app/imports/start-import.ts';
import { freshDatabase } from './database.ts';
import { importParts } from './import-parts.ts';

interface ImportOptions {
  listId?: number | null;
  dryRun?: boolean;
  mapping?: Record<string, string>;
}

/** A head with files to import into a base of his own, at this instant. */
export async function importDesk(now: Date) {
  const fresh = await freshDatabase();
  const database = openDatabase(fresh.url, { poolSize: 4 });
  const folder = await mkdtemp(path.join(tmpdir(), 'import-'));
  const partsAt = (instant: Date) => importParts(database, folder, instant);
  const parts = partsAt(now);
  const user = await database.prisma.user.create({ data: { email: 'head@test', name: 'Глава', passwordHash: 'x', role: 'head' } });
  const head: Actor = { id: user.id, name: user.name, role: 'head', teamId: null, timeZone: user.timeZone, locale: 'ru' };

  const start = async (content: Buffer | string, { listId = null, dryRun = false, mapping = {} }: ImportOptions = {}): Promise<number> => {
    const chunks = async function* () {
      yield typeof content === 'string' ? Buffer.from(content) : content;
    };
    const file = await parts.importFiles.store(chunks(), 50_000_000);
    return startImport(parts, head, { file, fileName: 'companies.csv', mapping, listId, dryRun });
  };
  return {
    database,
    parts,
    partsAt,
    head,
    start,
    run: async (content: Buffer | string, options: ImportOptions = {}) => {
      const importId = await start(content, options);
      await runImport(parts, importId);
      return database.prisma.import.findUniqueOrThrow({ where: { id: importId }, include: { errors: { orderBy: { id: 'asc' } } } });
    },
    close: async () => {
      await database.close();
      await fresh.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type ImportDesk = Awaited<ReturnType<typeof importDesk>>;
