import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate } from '../../server/adapters/db/migrate.ts';
import { emptyDatabase, type FreshDatabase } from '../support/database.ts';

let database: FreshDatabase;
let folder: string;

beforeEach(async () => {
  database = await emptyDatabase();
  folder = await mkdtemp(path.join(tmpdir(), 'zagon-migrations-'));
});
afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const quiet = () => undefined;

async function write(name: string, sql: string): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, 'migration.sql'), sql);
}

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows;
  } finally {
    await client.end();
  }
}

describe('migrate', () => {
  it('applies what is new, in order, and records it as Prisma does', async () => {
    await write('1_one', 'CREATE TABLE one (id int)');
    const lines: string[] = [];
    expect(await migrate(database.url, (line) => lines.push(line), folder)).toEqual({ applied: ['1_one'] });
    await write('2_two', 'ALTER TABLE one ADD COLUMN two int');
    expect(await migrate(database.url, quiet, folder)).toEqual({ applied: ['2_two'] });
    expect(await migrate(database.url, quiet, folder)).toEqual({ applied: [] });
    expect(lines).toEqual(['migration 1_one applied']);
    const recorded = await rows(
      'SELECT migration_name, checksum, applied_steps_count, finished_at >= started_at AS done FROM _prisma_migrations ORDER BY 1',
    );
    expect(recorded).toEqual([
      {
        migration_name: '1_one',
        checksum: '4d8ec74eca290f99777e37ddd75017c0d05be7b5f06a392e45ec0ffecf0462bd',
        applied_steps_count: 1,
        done: true,
      },
      { migration_name: '2_two', checksum: expect.stringMatching(/^[0-9a-f]{64}$/), applied_steps_count: 1, done: true },
    ]);
  });

  it('rolls a failed step back whole and says which one', async () => {
    await write('1_good', 'CREATE TABLE good (id int)');
    await write('2_bad', 'CREATE TABLE half (id int); SELECT nonsense');
    await expect(migrate(database.url, quiet, folder)).rejects.toThrow(
      'Migration 2_bad failed and was rolled back: column "nonsense" does not exist',
    );
    expect(await rows("SELECT tablename FROM pg_tables WHERE tablename IN ('good', 'half')")).toEqual([{ tablename: 'good' }]);
    expect(await rows('SELECT migration_name FROM _prisma_migrations')).toEqual([{ migration_name: '1_good' }]);
  });

  it('refuses a history that was edited or lost', async () => {
    await write('1_one', 'CREATE TABLE one (id int)');
    await migrate(database.url, quiet, folder);
    await write('1_one', 'CREATE TABLE one (id bigint)');
    await expect(migrate(database.url, quiet, folder)).rejects.toThrow('Migration 1_one was changed after it was applied');
    await rm(path.join(folder, '1_one'), { recursive: true });
    await expect(migrate(database.url, quiet, folder)).rejects.toThrow(
      'Migration 1_one is applied to this database but its file is missing',
    );
  });

  it('lets nodes that start together wait for one another', async () => {
    // Slow, so that the others come while the first is at it.
    await write('1_slow', 'SELECT pg_sleep(0.2); CREATE TABLE once (id int)');
    const nodes = await Promise.all([1, 2, 3].map(() => migrate(database.url, quiet, folder)));
    expect(nodes.flatMap((node) => node.applied)).toEqual(['1_slow']);
  });
});
