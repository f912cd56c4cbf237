import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { GatheringSocket } from './gathering-socket.ts';
import { PrismaClient } from './generated/client.ts';

export type Prisma = PrismaClient;
/** The client inside a transaction. */
export type Transaction = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

export interface Database {
  prisma: PrismaClient;
  pool: Pool;
  /** For the hot path: what it asks at once on one connection goes out at once and in one piece, a commit with the last statement. */
  quick: Pool;
  close(): Promise<void>;
}

/**
 * A statement of the hot path names itself in a comment at its beginning and is then prepared once a connection: planning a dozen joins
 * anew costs more than running them. All others stay unnamed, so that texts without number never fill the server's memory.
 */
const ownName = ({ sql }: { sql: string }): string => /^\s*\/\* prepared: (\w+) \*\//u.exec(sql)?.[1] ?? '';

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
  // Its few statements read the same few rows whoever asks: one plan a connection, where PostgreSQL would make six before it trusts one,
  // and by keys also in tables that are small when the plan is made.
  const quick = new Pool({
    ...settings,
    pipeline: true,
    stream: () => new GatheringSocket(),
    options: '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off',
  });
  for (const each of [pool, quick]) each.on('error', () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: false, statementNameGenerator: ownName }) });
  return {
    prisma,
    pool,
    quick,
    close: async () => {
      await prisma.$disconnect();
      await Promise.all([pool.end(), quick.end()]);
    },
  };
}
