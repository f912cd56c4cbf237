import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countFromLedger } from '../../server/adapters/db/stores/kpi-ledger.ts';
import { loadDemo } from '../../scripts/demo/load.ts';
import { isStale, make, products } from '../../scripts/lib/build.mjs';
import { inRoot } from '../../scripts/lib/paths.mjs';
import { emptyDatabase, type FreshDatabase } from '../support/database.ts';

// A Tuesday evening in Moscow, when offices of the west have closed and those of the far east have not opened.
const now = new Date('2026-11-24T19:30:00Z');

describe('the demo department in a database', () => {
  let database: FreshDatabase;
  let dataDir: string;
  let client: Client;
  const numberOf = async (sql: string): Promise<number> => {
    const { rows } = await client.query<{ value: string }>(`SELECT (${sql})::text AS value`);
    return Number(rows[0]?.value);
  };

  beforeAll(async () => {
    if (isStale(products.server)) await make(products.server);
    database = await emptyDatabase();
    dataDir = await mkdtemp(path.join(tmpdir(), 'demo-test-'));
    client = new Client({ connectionString: database.url });
    await client.connect();
    // As `npm start` does on a machine that has nothing: the bundled program makes the tables too.
    const env = { PATH: process.env.PATH, DATABASE_URL: database.url, DATA_DIR: dataDir };
    await promisify(execFile)(process.execPath, [inRoot('build/server/demo.js'), now.toISOString()], { env });
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('has the people, companies, lists and history that every page needs', async () => {
    expect(await numberOf('SELECT count(*) FROM app_user')).toBe(13);
    expect(await numberOf('SELECT count(*) FROM company')).toBe(20_000);
    expect(await numberOf('SELECT count(DISTINCT time_zone) FROM company')).toBeGreaterThanOrEqual(11);
    expect(await numberOf('SELECT count(*) FROM call')).toBeGreaterThan(38_000);
    expect(await numberOf('SELECT count(*) FROM lead_queue')).toBeGreaterThan(5_000);
    expect(await numberOf(`SELECT count(*) FROM recording WHERE status = 'ready'`)).toBeGreaterThanOrEqual(36);
    for (const table of ['deal', 'meeting', 'task', 'handoff', 'win', 'visit', 'scorecard', 'playlist_item', 'call_event']) {
      expect(await numberOf(`SELECT count(*) FROM ${table}`), table).toBeGreaterThan(0);
    }
  });

  it('has calls today only before now, a full yesterday, and one rep who has not begun', async () => {
    expect(await numberOf(`SELECT count(*) FROM call WHERE ended_at > '${now.toISOString()}'`)).toBe(0);
    expect(await numberOf(`SELECT count(*) FROM call WHERE day = '2026-11-24' AND rep_id = 6`)).toBe(0);
    expect(
      await numberOf(`SELECT min(dials) FROM (SELECT count(*) AS dials FROM call WHERE day = '2026-11-23' GROUP BY rep_id) AS reps`),
    ).toBeGreaterThan(30);
  });

  it('owes every rep promises now, later, earlier today and before', async () => {
    const { rows } = await client.query<{ rep_id: number; due: number; later: number; today: number; before: number }>(
      `SELECT rep_id,
              count(*) FILTER (WHERE starts_at <= $1 AND deadline_at >= $1)::int AS due,
              count(*) FILTER (WHERE starts_at > $1)::int AS later,
              count(*) FILTER (WHERE deadline_at < $1 AND deadline_at >= $2)::int AS today,
              count(*) FILTER (WHERE deadline_at < $2)::int AS before
       FROM promise WHERE status = 'open' AND rep_id <= 6 GROUP BY rep_id ORDER BY rep_id`,
      [now, new Date('2026-11-23T21:00:00Z')],
    );
    expect(rows).toHaveLength(6);
    for (const row of rows)
      for (const [what, count] of Object.entries(row)) expect(count, `${what} of rep ${row.rep_id}`).toBeGreaterThan(0);
  });

  it('has a number for each lead that the first rep meets first, and it always answers', async () => {
    expect(await numberOf(`SELECT count(*) FROM phone WHERE e164 LIKE '%0001'`)).toBe(10);
    expect(await numberOf(`SELECT count(*) FROM phone WHERE right(e164, 4) < '1000' AND e164 NOT LIKE '%0001'`)).toBe(0);
  });

  it('counts exactly what the ledger says', async () => {
    const before = await client.query(
      'SELECT * FROM kpi_counter ORDER BY day, rep_id, metric, hour, team_id, list_id, channel_id, source_id',
    );
    await client.query('BEGIN');
    await client.query('DELETE FROM kpi_counter');
    await client.query(countFromLedger.text, countFromLedger.values);
    const after = await client.query(
      'SELECT * FROM kpi_counter ORDER BY day, rep_id, metric, hour, team_id, list_id, channel_id, source_id',
    );
    await client.query('ROLLBACK');
    expect(after.rows).toEqual(before.rows);
    expect(await numberOf(`SELECT sum(value) FROM kpi_counter WHERE metric = 'dials'`)).toBe(
      await numberOf(`SELECT count(*) FROM call WHERE end_cause <> 'providerError'`),
    );
  });

  it('keeps the rules that the tables do not hold themselves', async () => {
    expect(
      await numberOf(`SELECT count(*) FROM (SELECT FROM promise WHERE status = 'open' GROUP BY company_id HAVING count(*) > 1) AS doubled`),
    ).toBe(0);
    expect(
      await numberOf(`SELECT count(*) FROM (SELECT FROM deal WHERE status = 'open' GROUP BY company_id HAVING count(*) > 1) AS doubled`),
    ).toBe(0);
    expect(
      await numberOf(
        `SELECT count(*) FROM call a JOIN call b ON a.rep_id = b.rep_id AND a.id < b.id AND a.day = b.day AND a.intent_at < b.ended_at AND b.intent_at < a.ended_at`,
      ),
    ).toBe(0);
    expect(
      await numberOf(
        'SELECT count(*) FROM promise JOIN company ON company.id = promise.company_id WHERE promise.time_zone <> company.time_zone',
      ),
    ).toBe(0);
  });

  it('stores the sound of every recording', async () => {
    const files = await readdir(path.join(dataDir, 'recordings'), { recursive: true });
    expect(files.filter((file) => file.endsWith('.wav'))).toHaveLength(
      await numberOf(`SELECT count(*) FROM recording WHERE status = 'ready'`),
    );
  });

  it('changes nothing when loaded again, and says so', async () => {
    const calls = await numberOf('SELECT count(*) FROM call');
    const lines: string[] = [];
    const again = loadDemo({ databaseUrl: database.url, dataDir, now, seed: 1, log: (line) => lines.push(line) });
    await expect(again).resolves.toEqual({ loaded: false });
    expect(lines.at(-1)).toContain('already has users');
    expect(await numberOf('SELECT count(*) FROM call')).toBe(calls);
  });
});
