import { diskImportFiles } from '../../../server/adapters/import-files/disk-import-files.ts';
import type { Database } from '../../../server/adapters/db/client.ts';
import { settingsReader } from '../../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../../server/adapters/db/unit-of-work.ts';
import type { ImportParts } from '../../../server/app/imports/start-import.ts';

const quiet = (): void => undefined;

/** What the import's use cases need, on a real base and a real folder. */
export const importParts = (database: Database, folder: string): ImportParts => ({
  clock: { now: () => new Date() },
  log: { info: quiet, warn: console.warn, error: console.error },
  settings: settingsReader(database.pool),
  unitOfWork: prismaUnitOfWork(database.prisma),
  importFiles: diskImportFiles(folder),
});
