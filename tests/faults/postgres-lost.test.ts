import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { ensureDatabase } from '../../scripts/lib/ensure-database.mjs';
import { migrate } from '../../server/adapters/db/migrate.ts';
import { currentClaim, nextCall, releaseClaim } from '../../server/contract/http/queue.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { patience } from '../support/patience.ts';
import { ServerProcess } from '../support/server-process.ts';
import { stallingProxy, type StallingProxy } from '../support/stalling-proxy.ts';

type Postgres = Awaited<ReturnType<typeof startPostgres>>;

let home: string;
let postgres: Postgres;
let proxy: StallingProxy;
let department: CallingDepartment;
let server: ServerProcess;
let rep: ApiClient;
let socket: Socket;

const startOwn = (): Promise<Postgres> => startPostgres({ folder: path.join(home, 'cluster') });

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'zagon-postgres-lost-'));
  postgres = await startOwn();
  await ensureDatabase(postgres.url('postgres'), 'zagon');
  await migrate(postgres.url('zagon'), () => undefined);
  department = await callingDepartment(postgres.url('zagon'), { reps: 2, companies: 10 });
  proxy = await stallingProxy(postgres.port);
  const throughProxy = new URL(postgres.url('zagon'));
  throughProxy.port = String(proxy.port);
  server = await ServerProcess.start({ databaseUrl: throughProxy.href });
  rep = await department.signIn(server.url, 'rep1@test.local');
  socket = rep.socket();
  await vi.waitFor(() => expect(socket.connected).toBe(true), patience);
});

afterAll(async () => {
  socket.close();
  await server.end();
  await department.close();
  await proxy.close();
  await postgres.stop();
  await rm(home, { recursive: true, force: true });
});

const readiness = async (): Promise<number> => (await fetch(`${server.url}/readyz`)).status;

/** Works again without anybody having touched it. */
async function recovers(): Promise<void> {
  await vi.waitFor(async () => expect(await readiness()).toBe(200), patience);
  await vi.waitFor(async () => expect((await rep.ask(currentClaim)).status).toBeLessThan(300), patience);
}

it('refuses honestly while PostgreSQL is down, keeps what was acknowledged, and recovers by itself', async () => {
  const held = await rep.get(nextCall);
  await postgres.stop();
  const refused = await rep.ask(nextCall);
  expect(refused.status).toBeGreaterThanOrEqual(500);
  expect(refused.problem).toMatchObject({ status: refused.status, code: expect.any(String) });
  expect(await readiness()).toBe(503);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);

  postgres = await startOwn();
  await recovers();
  expect((await rep.get(currentClaim)).lead.id).toBe(held.lead.id);
});

it('delivers after the restart what was committed before it', async () => {
  const told = vi.fn();
  socket.on('queue:claim', told);
  const { lead } = await rep.get(currentClaim);
  await department.database.pool.query(`INSERT INTO outbox_event (topic, payload) VALUES ('socket:queue:claim', $1)`, [
    JSON.stringify({
      event: 'queue:claim',
      audience: { user: department.reps[0]?.id },
      payload: { leadId: lead.id, companyId: 1, why: 'claimed' },
    }),
  ]);
  await vi.waitFor(() => expect(told.mock.calls.flat()).toContainEqual(expect.objectContaining({ leadId: lead.id })), patience);
  const rows = (): Promise<number> => department.database.prisma.outboxEvent.count();
  await vi.waitFor(async () => expect(await rows()).toBe(0), patience);
  socket.off('queue:claim', told);
});

it('does not hang on a connection that swallows everything, and recovers when it breaks', async () => {
  const { lead } = await rep.get(currentClaim);
  proxy.stall();
  const whileStalled = rep.ask(releaseClaim, { body: { leadId: lead.id, why: 'test' } });
  await vi.waitFor(async () => expect(await readiness()).toBe(503), patience);
  proxy.heal();
  const answer = await whileStalled;
  expect(answer.status).toBeGreaterThanOrEqual(500);
  await recovers();
  // Refused means not done: nothing of it had reached the base.
  expect((await rep.get(currentClaim)).lead.id).toBe(lead.id);
});
