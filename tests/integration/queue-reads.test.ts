import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { databaseNextCalls } from '../../server/adapters/db/next-calls.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import type { Actor } from '../../server/app/actor.ts';
import { claimNext } from '../../server/app/queue/next-call.ts';
import { requeueAll } from '../../server/app/queue/requeue.ts';
import { settingsSchema } from '../../server/contract/settings.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { plainLead, seedLeads, seedPeopleAndLists, type Department, type LeadSpec } from '../support/department.ts';

const now = new Date('2026-11-25T08:17:00Z');
const silent = (): void => undefined;

/** A list as it is in the middle of a day: most of its leads wait for their retry, some may be called. */
const leads = Array.from({ length: 4_000 }, (_, position): LeadSpec => ({
  ...plainLead,
  position,
  listIndex: position % 2,
  retryInMinutes: position % 8 === 0 ? null : 90,
}));

let fresh: FreshDatabase;
let database: Database;
let people: Department;
beforeEach(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url, { poolSize: 1 });
  people = await seedPeopleAndLists(database.pool, '2026-11-25');
});
afterEach(async () => {
  await database.close();
  await fresh.drop();
});

const appOn = ({ prisma, quick }: Database) => ({
  clock: { now: () => now },
  log: { info: silent, warn: silent, error: silent },
  settings: { read: () => Promise.resolve(settingsSchema.parse({})) },
  unitOfWork: prismaUnitOfWork(prisma),
  nextCalls: databaseNextCalls(quick),
});

/** Rows of leads and what belongs to them that all sessions have read so far. */
async function rowsRead(): Promise<number> {
  await database.quick.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await database.pool.query<{ read: number }>(
    `SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS read FROM pg_stat_user_tables
     WHERE relname IN ('lead', 'lead_queue', 'lead_claim', 'company', 'phone', 'promise', 'call', 'deal')`,
  );
  return rows[0]?.read ?? Number.NaN;
}

describe('the next call reads the rows of one rep', () => {
  it.each(['never made', 'made of an empty queue', 'made of this one'])('with statistics %s', async (statistics) => {
    if (statistics === 'made of an empty queue') await database.pool.query('ANALYZE');
    await seedLeads(database.pool, people, { now: now.toISOString(), leads });
    await requeueAll(appOn(database));
    if (statistics === 'made of this one') await database.pool.query('ANALYZE');
    const rep: Actor = { id: people.repIds[0] ?? 0, name: '', role: 'rep', teamId: null, timeZone: 'Europe/Moscow', locale: 'ru' };
    const before = await rowsRead();
    expect(await claimNext(appOn(database), rep)).not.toBeNull();
    expect((await rowsRead()) - before).toBeLessThan(100);
  });
});
