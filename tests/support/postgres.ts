import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { isStale, make, products } from '../../scripts/lib/build.mjs';
import { startThrowawayPostgres } from '../../scripts/lib/postgres.mjs';
import { migrate } from '../../server/adapters/db/migrate.ts';

/** Name of the migrated database that tests clone; the process id lets several runs share one server. */
const TEMPLATE = `zagon_template_${process.pid}`;

interface Running {
  url: string;
  stop: () => Promise<void>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    /** Address of the migrated template database. */
    templateUrl: string;
  }
}

// Vitest loads this file once per project; the server is one for the run.
const shared = globalThis as typeof globalThis & { zagonPostgres?: { users: number; running: Promise<Running> } };

/** Vitest's global setup: one PostgreSQL for the run (or the one at TEST_DATABASE_URL) with a migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.zagonPostgres ??= { users: 0, running: start() };
  const { zagonPostgres } = shared;
  zagonPostgres.users += 1;
  const { url, stop } = await zagonPostgres.running;
  project.provide('templateUrl', url);
  return async () => {
    zagonPostgres.users -= 1;
    if (zagonPostgres.users > 0) return;
    delete shared.zagonPostgres;
    await stop();
  };
}

async function start(): Promise<Running> {
  if (isStale(products.prismaClient)) await make(products.prismaClient);
  const given = process.env.TEST_DATABASE_URL;
  if (given) {
    await admin(given, `DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
    return { url: await template(given), stop: () => admin(given, `DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`) };
  }
  const postgres = await startThrowawayPostgres();
  return { url: await template(postgres.url('postgres')), stop: postgres.stop };
}

async function template(adminUrl: string): Promise<string> {
  await admin(adminUrl, `CREATE DATABASE ${TEMPLATE}`);
  const url = new URL(adminUrl);
  url.pathname = `/${TEMPLATE}`;
  await migrate(url.href, () => undefined);
  return url.href;
}

async function admin(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
