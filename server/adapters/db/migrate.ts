import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { RunnableMigration, UmzugStorage } from 'umzug';

/** Any constant does, as long as every node of one installation takes the same lock. */
const MIGRATION_LOCK = 7_261_466;

// The shape of Prisma's own table, so that `prisma migrate` reads our history as its own.
const CREATE_HISTORY = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

interface MigrationFile {
  name: string;
  sql: string;
  checksum: string;
}

/**
 * Brings the database to the newest migration; nodes that start together wait for one another.
 * @param databaseUrl PostgreSQL connection string; the database must exist
 * @param log receives one line per applied migration
 * @param directory folder with one `<timestamp>_<name>/migration.sql` per step
 * @throws when an applied file was edited or removed, or when a step fails (that step is rolled back)
 */
export async function migrate(
  databaseUrl: string,
  log: (line: string) => void,
  directory = path.resolve('prisma/migrations'),
): Promise<{ applied: string[] }> {
  const files = await readMigrations(directory);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await client.query(CREATE_HISTORY);
    await refuseChangedHistory(client, files);
    const done = await history(client).executed();
    if (files.every(({ name }) => done.includes(name))) return { applied: [] };
    // Most starts have nothing to apply, and reading it takes a quarter of a second.
    const { MigrationError, Umzug } = await import('umzug');
    const umzug = new Umzug({
      migrations: files.map((file) => step(client, file)),
      storage: history(client),
      logger: undefined,
    });
    umzug.on('migrated', ({ name }) => {
      log(`migration ${name} applied`);
    });
    const applied = await umzug.up().catch((error: unknown) => {
      // Umzug wraps the step's error, which already names the step and says what happened.
      throw error instanceof MigrationError && error.cause instanceof Error ? error.cause : error;
    });
    return { applied: applied.map(({ name }) => name) };
  } finally {
    // Ending the session also gives the advisory lock back.
    await client.end();
  }
}

async function readMigrations(directory: string): Promise<MigrationFile[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(path.join(directory, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

function step(client: Client, file: MigrationFile): RunnableMigration<unknown> {
  return {
    name: file.name,
    up: async () => {
      const startedAt = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
      await client.query('BEGIN');
      try {
        await client.query(file.sql);
        // The record shares the step's transaction: a crash leaves both or neither.
        await client.query(
          `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
           VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
          [randomUUID(), file.checksum, file.name, startedAt.rows[0]?.now],
        );
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw new Error(`Migration ${file.name} failed and was rolled back: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        });
      }
    },
  };
}

function history(client: Client) {
  return {
    // Each step writes its own record, inside its transaction.
    logMigration: () => Promise.resolve(),
    unlogMigration: () => Promise.reject(new Error('Migrations only go forward')),
    executed: async () => {
      const { rows } = await client.query<{ migration_name: string }>(
        'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
      );
      return rows.map((row) => row.migration_name);
    },
  } satisfies UmzugStorage;
}

async function refuseChangedHistory(client: Client, files: MigrationFile[]): Promise<void> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
  );
  const onDisk = new Map(files.map((file) => [file.name, file.checksum]));
  for (const row of rows) {
    const checksum = onDisk.get(row.migration_name);
    if (row.finished_at === null)
      throw new Error(`Migration ${row.migration_name} began in this database and never finished; resolve it first.`);
    if (checksum === undefined)
      throw new Error(
        `Migration ${row.migration_name} is applied to this database but its file is missing: is this an older version of Zagon?`,
      );
    if (checksum !== row.checksum)
      throw new Error(
        `Migration ${row.migration_name} was changed after it was applied; restore the file and add a new migration instead.`,
      );
  }
}
