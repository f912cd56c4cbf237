import type { ImportParts } from '../../server/app/imports/start-import.ts';
import { diskImportFiles } from '../../server/adapters/import-files/disk-import-files.ts';
import type { Database } from '../../server/adapters/db/client.ts';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';

const silent = () => undefined;

/** What the import's use cases need, on a real base and a real folder, at a fixed time. */
export function importParts(database: Database, folder: string, now: Date): ImportParts {
  return {
    clock: { now: () => now },
    log: { info: silent, warn: silent, error: silent },
    settings: settingsReader(database.pool),
    unitOfWork: prismaUnitOfWork(database.prisma),
    importFiles: diskImportFiles(folder),
  };
}
