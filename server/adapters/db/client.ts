import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { PrismaClient } from './generated/client.ts';

export type Prisma = PrismaClient;
/** The client inside a transaction. */
export type Transaction = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

export interface Database {
  prisma: PrismaClient;
  pool: Pool;
  close(): Promise<void>;
}

/**
 * Connects lazily. The pool is small on purpose: a burst of a thousand reps is served faster by eight connections than by
 * thirty-two (design measured in queue.md), and an idle transaction must never hold the queue's dead rows.
 */
export function openDatabase(databaseUrl: string, options: { poolSize?: number } = {}): Database {
  const settings = {
    connectionString: databaseUrl,
    max: options.poolSize ?? 8,
    idle_in_transaction_session_timeout: 15_000,
    statement_timeout: 30_000,
    // A connection that swallows everything never tells that a statement timed out.
    query_timeout: 35_000,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  };
  const pool = new Pool(settings);
  // An idle connection that the server ends is thrown away by the pool; without a listener it would end the process.
  pool.on('error', () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false }) });
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
