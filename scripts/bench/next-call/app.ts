import type { Database } from '../../../server/adapters/db/client.ts';
import { databaseNextCalls } from '../../../server/adapters/db/next-calls.ts';
import { databaseReads } from '../../../server/adapters/db/reads/index.ts';
import { settingsReader } from '../../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../../server/adapters/db/unit-of-work.ts';

const quiet = (): void => undefined;

/** What the use cases of the queue need, put together as the product does. */
export const appOn = (database: Database) => ({
  clock: { now: () => new Date() },
  log: { info: quiet, warn: quiet, error: quiet },
  settings: settingsReader(database.quick),
  unitOfWork: prismaUnitOfWork(database.prisma),
  reads: databaseReads(database.prisma),
  nextCalls: databaseNextCalls(database.quick),
});
