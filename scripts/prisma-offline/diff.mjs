import { readFileSync } from 'node:fs';
import pg from 'pg';
import { tsImport } from 'tsx/esm/api';
import { inRoot } from '../lib/paths.mjs';
import { startThrowawayPostgres } from '../lib/postgres.mjs';
import { withoutHandWritten } from './drift.mjs';
import { openEngine } from './engine.mjs';

/** Indexes that Prisma's language cannot say (partial, over an expression, with another access method): written by hand in migrations. */
const HAND_WRITTEN_INDEXES = `
  SELECT c.relname AS name FROM pg_index i
  JOIN pg_class c ON c.oid = i.indexrelid
  JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public'
    AND (i.indpred IS NOT NULL OR i.indexprs IS NOT NULL OR i.indnkeyatts < i.indnatts OR i.indnullsnotdistinct)`;

/**
 * The SQL that leads from what the migrations build to what schema.prisma says; empty when they agree.
 * Hand-written objects (partial and expression indexes, functions, CHECKs) are no difference.
 * @param {string} [migrations] folder of the migrations
 * @returns {Promise<string>}
 */
export async function schemaDiff(migrations = inRoot('prisma/migrations')) {
  const postgres = await startThrowawayPostgres();
  try {
    const url = postgres.url('postgres');
    const { migrate } = await tsImport('../../server/adapters/db/migrate.ts', import.meta.url);
    await migrate(url, () => undefined, migrations);
    const handWritten = await dropHistoryAndListIndexes(url);
    const engine = await openEngine(url);
    const file = inRoot('prisma/schema.prisma');
    const files = [{ path: file, content: readFileSync(file, 'utf8') }];
    const { stdout } = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: inRoot('prisma') },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    await engine.free?.();
    return withoutHandWritten(stdout ?? '', handWritten);
  } finally {
    await postgres.stop();
  }
}

async function dropHistoryAndListIndexes(url) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('DROP TABLE _prisma_migrations');
    const { rows } = await client.query(HAND_WRITTEN_INDEXES);
    return new Set(rows.map((row) => row.name));
  } finally {
    await client.end();
  }
}
