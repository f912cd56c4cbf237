import { Client } from 'pg';
import { openDatabase } from '../../server/adapters/db/client.ts';
import { settingsReader } from '../../server/adapters/db/settings.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';
import { makeDepartment } from './department.ts';
import type { DemoOptions } from './options.ts';
import { writeDepartment } from './write-department.ts';

/** Any constant, the same for every process that might load. */
const LOAD_LOCK = 7_261_467;

/**
 * Fills an empty, migrated database with the demo department; with users in it, it does nothing and says so. All rows are written in
 * one transaction; a load that was killed after it and before the queue was built goes on with the queue.
 * @returns whether anything was written
 */
export async function loadDemo(options: DemoOptions): Promise<{ loaded: boolean }> {
  const client = new Client({ connectionString: options.databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [LOAD_LOCK]);
    const { rows } = await client.query<{ users: boolean; begun: boolean; queued: boolean }>(
      `SELECT EXISTS (SELECT FROM app_user) AS users,
              EXISTS (SELECT FROM audit_entry WHERE action = 'demo.written') AS begun,
              EXISTS (SELECT FROM audit_entry WHERE action = 'demo.queued') AS queued`,
    );
    const found = rows[0];
    const unfinished = found?.begun === true && !found.queued;
    if (found?.users && !unfinished) {
      options.log('the base already has users: the demo department is not loaded');
      return { loaded: false };
    }
    if (!unfinished) await write(client, options);
    await fillQueue(options);
    await client.query(`INSERT INTO audit_entry (action, entity) VALUES ('demo.queued', 'department')`);
    return { loaded: true };
  } finally {
    // Ending the session also gives the lock back, and takes back a transaction that was cut short.
    await client.end();
  }
}

async function write(client: Client, options: DemoOptions): Promise<void> {
  options.log('inventing the demo department');
  const department = makeDepartment(options);
  await client.query('BEGIN');
  await writeDepartment(client, department, options);
  await client.query(`INSERT INTO audit_entry (action, entity) VALUES ('demo.written', 'department')`);
  await client.query('COMMIT');
  await client.query('ANALYZE');
}

async function fillQueue({ databaseUrl, now, log }: DemoOptions): Promise<void> {
  log('building the queue');
  const database = openDatabase(databaseUrl, { poolSize: 2 });
  try {
    const { leads } = await requeueAll({
      unitOfWork: prismaUnitOfWork(database.prisma),
      settings: settingsReader(database.pool),
      clock: { now: () => now },
    });
    log(`${leads} leads placed in the queue`);
  } finally {
    await database.close();
  }
}
