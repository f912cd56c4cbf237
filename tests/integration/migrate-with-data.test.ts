import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { migrate } from '../../server/adapters/db/migrate.ts';
import { databaseNextCalls } from '../../server/adapters/db/next-calls.ts';
import { databaseReads } from '../../server/adapters/db/reads/index.ts';
import { prismaUnitOfWork } from '../../server/adapters/db/unit-of-work.ts';
import type { Actor } from '../../server/app/actor.ts';
import { seeCompany } from '../../server/app/companies/see-companies.ts';
import { rebuildCounters } from '../../server/app/kpi/rebuild-counters.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { defaultSettings } from '../../server/contract/settings.ts';
import { emptyDatabase, type FreshDatabase } from '../support/database.ts';

/** The last migration of the first version, the last before promises kept whose they were, and before lines told when they were joined. */
const firstVersion = '20261123195437_companies_search';
const beforeOutcomesStay = '20261123231533_queue_calendars';
const beforeJoined = '20261129223000_waits_for_a_line';
const all = path.resolve('prisma/migrations');
const quiet = () => undefined;
/** A Tuesday, 11:30 in Moscow and 9:30 in Berlin. */
const now = new Date('2026-11-24T08:30:00Z');

let fresh: FreshDatabase;
let database: Database;
let folder: string;
let rowsBefore: Map<string, number>;
let countersBefore: unknown[];

async function migrateTo(last: string): Promise<void> {
  for (const name of await readdir(all)) if (name <= last) await cp(path.join(all, name), path.join(folder, name), { recursive: true });
  await migrate(fresh.url, quiet, folder);
}

async function rowsByTable(): Promise<Map<string, number>> {
  const tables = await database.pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`,
  );
  const counts = new Map<string, number>();
  for (const { name } of tables.rows) {
    const { rows } = await database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM "${name}"`);
    counts.set(name, rows[0]?.count ?? 0);
  }
  return counts;
}
const counters = async (): Promise<unknown[]> =>
  (await database.pool.query<Record<string, unknown>>('SELECT * FROM kpi_counter ORDER BY day, hour, rep_id, metric, team_id, list_id'))
    .rows;

beforeAll(async () => {
  fresh = await emptyDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'zagon-first-version-'));
  await migrateTo(firstVersion);
  database = openDatabase(fresh.url, { poolSize: 2 });
  await database.pool.query(await readFile('tests/support/first-base.sql', 'utf8'));
  rowsBefore = await rowsByTable();
  countersBefore = await counters();
  await migrateTo(beforeOutcomesStay);
  // The broken promise goes to a colleague; its lead goes into his part of the queue.
  await database.pool.query(`
    INSERT INTO promise_move (promise_id, kind, at, by_user_id, reason, from_rep_id, to_rep_id, from_promised_at)
      SELECT id, 'handedOver', '2026-11-23T10:00:00Z', 1, 'Уезжает', 1, 2, promised_at FROM promise WHERE id = 3;
    UPDATE promise SET rep_id = 2 WHERE id = 3;
    UPDATE lead_queue SET pool = -2 WHERE lead_id = 4;`);
  await migrateTo(beforeJoined);
  // The call of the first version was the line that won.
  await database.pool.query(`
    INSERT INTO volley (rep_id, list_id, idempotency_key, started_at, winner_id, settled_at, ended_at)
      SELECT rep_id, list_id, 'volley', intent_at, id, answered_at, ended_at FROM call WHERE id = 1;
    UPDATE call SET volley_id = 1 WHERE id = 1;`);
  await migrate(fresh.url, quiet, all);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
  await rm(folder, { recursive: true, force: true });
});

const app = () => ({
  clock: { now: () => now },
  log: { info: quiet, warn: quiet, error: quiet },
  settings: { read: () => Promise.resolve(structuredClone(defaultSettings)) },
  unitOfWork: prismaUnitOfWork(database.prisma),
  reads: databaseReads(database.prisma),
  nextCalls: databaseNextCalls(database.quick),
});
const rep = (id: number): Actor => ({ id, name: `rep ${id}`, role: 'rep', teamId: 1, timeZone: 'Europe/Moscow', locale: 'ru' });
const head: Actor = { ...rep(9), role: 'head', teamId: null };

describe('a base of the first version, brought to the newest', () => {
  it('keeps every row it had', async () => {
    expect([...rowsBefore].filter(([, rows]) => rows > 0).length).toBeGreaterThan(30);
    const after = await rowsByTable();
    for (const [table, rows] of rowsBefore) expect(after.get(table) ?? 0, table).toBeGreaterThanOrEqual(rows);
  });

  it('counts as before, for whom it counted, also when counted anew', async () => {
    expect(await counters()).toEqual(countersBefore);
    await rebuildCounters(app());
    expect(await counters()).toEqual(countersBefore);
    expect(await database.prisma.promise.findMany({ select: { repId: true, countedRepId: true }, orderBy: { id: 'asc' } })).toEqual([
      { repId: 1, countedRepId: 1 },
      { repId: 1, countedRepId: null },
      { repId: 2, countedRepId: 1 },
    ]);
  });

  it('remembers what was moved before moves were kept, and why a lead was given up', async () => {
    const [moved] = await database.prisma.promiseMove.findMany({ where: { kind: 'moved' } });
    expect(moved).toMatchObject({ promiseId: 1, byUserId: 1, reason: 'Попросили позже', fromRepId: 1, toRepId: 1, toPromiseId: 2 });
    await expect(database.prisma.promiseMove.deleteMany()).rejects.toThrow('append-only');
    expect(await database.prisma.lead.findUnique({ where: { companyId: 3 } })).toMatchObject({ exhaustedReason: 'tries' });
    const called = await database.prisma.lead.findUnique({ where: { companyId: 1 } });
    expect(called?.lastCallAt).toEqual(called?.lastTriedAt);
  });

  it('takes who won among several lines for joined with his rep', async () => {
    const { joinedAt, answeredAt } = await database.prisma.call.findUniqueOrThrow({ where: { id: 1 } });
    expect(joinedAt).not.toBeNull();
    expect(joinedAt).toEqual(answeredAt);
  });

  it('makes calendars of the zones: each country its own, and what was queued stays in its stream', async () => {
    const queued = await database.pool.query(
      `SELECT q.lead_id, q.pool, q.rank, z.name, z.time_zone, z.country FROM lead_queue q JOIN zone z ON z.id = q.zone ORDER BY q.lead_id`,
    );
    expect(queued.rows).toEqual([
      { lead_id: 1, pool: -1, rank: 0, name: 'Europe/Moscow|RU', time_zone: 'Europe/Moscow', country: 'RU' },
      { lead_id: 2, pool: 1, rank: 505, name: 'Europe/Berlin|DE', time_zone: 'Europe/Berlin', country: 'DE' },
      { lead_id: 4, pool: -2, rank: 0, name: 'Europe/Moscow|RU', time_zone: 'Europe/Moscow', country: 'RU' },
    ]);
  });

  it('is worked with at once: the card with its whole history, and each rep his next call', async () => {
    const card = await seeCompany(app(), head, 1);
    expect(card).toMatchObject({ name: 'Север', deal: { amount: 250_000 }, promise: { rep: { id: 1 } } });
    const kinds = ['call', 'handoff', 'meeting', 'note', 'promise', 'stage', 'task', 'visit', 'win'];
    expect([...new Set(card.timeline.map(({ kind }) => kind))].sort()).toEqual(kinds);
    const claimed = [];
    for (const id of [1, 2, 3]) {
      const claim = await nextCall(app(), rep(id));
      claimed.push([claim?.company.name, claim?.reason.tier]);
    }
    expect(claimed).toEqual([
      ['Север', 'due'],
      ['Запад', 'overdueEarlier'],
      ['Nord', 'cold'],
    ]);
  });
});
