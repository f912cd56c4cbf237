import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../../server/adapters/db/migrate.ts';
import { startPostgres, type Postgres } from '../../lib/postgres.mjs';
import { loadDepartment } from './department.ts';

const quiet = (): void => undefined;

export interface Base {
  databaseUrl: string;
  dataDir: string;
  /** Seconds that the load took; null when an earlier run had loaded it. */
  loadedInSeconds: number | null;
  close: () => Promise<void>;
}

async function one<Row extends object>(postgres: Postgres, sql: string): Promise<Row | undefined> {
  const client = new Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows[0];
  } finally {
    await client.end();
  }
}

/** Seconds of the load; null when a database of that name is whole from an earlier run. It gets its name when it is whole. */
async function load(postgres: Postgres, name: string, count: number): Promise<number | null> {
  if (await one(postgres, `SELECT FROM pg_database WHERE datname = '${name}'`)) {
    await migrate(postgres.url(name), quiet);
    return null;
  }
  const startedMs = performance.now();
  await one(postgres, `DROP DATABASE IF EXISTS loading`);
  await one(postgres, 'CREATE DATABASE loading');
  await migrate(postgres.url('loading'), quiet);
  await loadDepartment(postgres.url('loading'), count);
  await one(postgres, `ALTER DATABASE loading RENAME TO ${name}`);
  return Math.round((performance.now() - startedMs) / 1000);
}

/**
 * A base with so many leads. Each run works on a fresh copy of what was loaded; with `keptIn` the loaded base stays in that folder and
 * the next run of the same size begins at once.
 */
export async function openBase(count: number, keptIn: string | undefined): Promise<Base> {
  const home = keptIn === undefined ? await mkdtemp(path.join(tmpdir(), 'next-call-bench-')) : path.resolve(keptIn);
  const postgres = await startPostgres({ folder: path.join(home, 'cluster') });
  try {
    const loaded = `leads_${count}`;
    const loadedInSeconds = await load(postgres, loaded, count);
    await one(postgres, 'DROP DATABASE IF EXISTS run WITH (FORCE)');
    await one(postgres, `CREATE DATABASE run TEMPLATE ${loaded} STRATEGY FILE_COPY`);
    await one(postgres, 'CHECKPOINT');
    return {
      databaseUrl: postgres.url('run'),
      dataDir: home,
      loadedInSeconds,
      close: async () => {
        await one(postgres, 'DROP DATABASE run WITH (FORCE)');
        await postgres.stop();
        if (keptIn === undefined) await rm(home, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
