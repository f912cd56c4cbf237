import { Client } from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { getImport, listImportErrors, startImport, type ImportView } from '../../server/contract/http/imports.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { ServerProcess } from '../support/server-process.ts';

const rows = 3_000;
const rowsPerBatch = 500;
/** The batch in which the process dies, and the key of the lock that holds it there. */
const diesAfterRows = 1_000;
const lockKey = 42;

/** Every hundredth company has no name, which is no company. */
const nameless = (row: number): boolean => row % 100 === 0;
const csv = `Название;Телефон;Регион\n${Array.from({ length: rows }, (_, index) => index + 1)
  .map((row) => `${nameless(row) ? '' : `ООО «Альфа-${row}»`};+7 900 ${String(row).padStart(7, '0')};Тульская область`)
  .join('\n')}\n`;
/** The header is line 1. */
const linesRefused = Array.from({ length: rows / 100 }, (_, index) => (index + 1) * 100 + 1);

let base: FreshDatabase;
let department: CallingDepartment;
let server: ServerProcess;
let head: ApiClient;

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 1, companies: 0 });
  server = await ServerProcess.start({ databaseUrl: base.url });
  head = await department.signIn(server.url, 'head@test.local');
});

afterAll(async () => {
  await server.end();
  await department.close();
  await base.drop();
});

async function upload(): Promise<number> {
  const form = new FormData();
  form.set('file', new Blob([csv]), 'companies.csv');
  const answer = await fetch(new URL(startImport.path, server.url), {
    method: 'POST',
    headers: { cookie: head.cookie, origin: server.url },
    body: form,
  });
  expect(answer.status).toBe(202);
  return z.object({ importId: z.int() }).parse(await answer.json()).importId;
}

const done = (importId: number): Promise<ImportView> =>
  vi.waitFor(async () => {
    const state = await head.get(getImport, { params: { id: importId } });
    expect(state.status).toBe('done');
    return state;
  }, patience);

/** Stops whoever writes the batch after `diesAfterRows`, inside of its transaction, until the holder ends. */
async function holdTheBatch(): Promise<Client> {
  const { prisma } = department.database;
  await prisma.$executeRawUnsafe(`
    CREATE FUNCTION hold_the_batch() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.rows_done = ${diesAfterRows + rowsPerBatch} AND OLD.rows_done = ${diesAfterRows} THEN PERFORM pg_advisory_xact_lock(${lockKey}); END IF;
      RETURN NEW;
    END $$`);
  await prisma.$executeRawUnsafe('CREATE TRIGGER hold_the_batch AFTER UPDATE ON import FOR EACH ROW EXECUTE FUNCTION hold_the_batch()');
  const holder = new Client({ connectionString: base.url });
  await holder.connect();
  await holder.query('SELECT pg_advisory_lock($1)', [lockKey]);
  return holder;
}

/** Waits until the worker stands in the batch, its rows written and not committed. */
async function whenHeld(): Promise<void> {
  const waiting = (): Promise<unknown[]> =>
    department.database.prisma.$queryRaw`
      SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = ${lockKey}::int AND NOT granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), patience);
}

it('an import whose process is killed inside of a batch goes on with the row after the last whole one', async () => {
  const { prisma } = department.database;
  const holder = await holdTheBatch();
  const importId = await upload();
  await whenHeld();
  await server.kill();
  await holder.end();
  await vi.waitFor(async () => expect(await prisma.company.count()).toBe(diesAfterRows - diesAfterRows / 100), patience);
  expect(await prisma.import.findUniqueOrThrow({ where: { id: importId } })).toMatchObject({ status: 'running', rowsDone: diesAfterRows });

  // A minute later, as nobody waits for in a test: the lease of the dead worker is over and the import is silent.
  await prisma.$executeRaw`UPDATE import SET lease_until = now() - interval '1 second', created_at = now() - interval '1 hour' WHERE id = ${importId}`;
  await server.startAgain();
  head = await department.signIn(server.url, 'head@test.local');

  const refused = linesRefused.length;
  expect(await done(importId)).toMatchObject({
    rowsDone: rows,
    rowsTotal: rows,
    created: rows - refused,
    merged: 0,
    unchanged: 0,
    rejected: refused,
    failure: null,
  });
  expect(await prisma.company.count()).toBe(rows - refused);
  expect(await prisma.phone.count()).toBe(rows - refused);
  const { items } = await head.get(listImportErrors, { params: { id: importId } });
  expect(items.map(({ line }) => line).sort((a, b) => a - b)).toEqual(linesRefused);

  expect(await done(await upload())).toMatchObject({ created: 0, merged: 0, unchanged: rows - refused, rejected: refused });
});
