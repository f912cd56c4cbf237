import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { currentCall, getCall, startCall } from '../../server/contract/http/calls.ts';
import { nextCall } from '../../server/contract/http/queue.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { hasRedis, startRedis } from '../support/redis.ts';
import { ServerProcess } from '../support/server-process.ts';

let base: FreshDatabase;
let department: CallingDepartment;
const running: ServerProcess[] = [];

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 2, companies: 10 });
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.end();
});

afterAll(async () => {
  await department.close();
  await base.drop();
});

async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
  const server = await ServerProcess.start({ databaseUrl: base.url, env });
  running.push(server);
  return server;
}

const readySchema = z.object({ ok: z.boolean(), stopping: z.boolean() });

it('lets a live call live when it is asked to stop, says that it stops, and ends with code 0', async () => {
  const server = await start({ SANDBOX_SPEED: '3' });
  const rep = await department.signIn(server.url, 'rep1@test.local');
  const { lead } = await rep.get(nextCall);
  await department.setFate(lead.id, '0300');
  const { id } = await rep.get(startCall, { body: { leadId: lead.id }, headers: { 'idempotency-key': 'stopping' } });
  await vi.waitFor(async () => expect((await rep.get(currentCall)).call.state).toBe('answered'), patience);

  const exitCode = server.signal('SIGTERM');
  const stopping = async (): Promise<z.infer<typeof readySchema>> => readySchema.parse(await (await fetch(`${server.url}/readyz`)).json());
  await vi.waitFor(async () => expect(await stopping()).toMatchObject({ ok: false, stopping: true }), patience);
  expect((await rep.get(getCall, { params: { id } })).state).toBe('answered');
  expect(await exitCode).toBe(0);

  const call = await department.database.prisma.call.findUniqueOrThrow({ where: { id } });
  expect(call.state).toBe('ended');
  expect(await department.database.prisma.recording.count({ where: { callId: id } })).toBe(1);
});

it('ends with code 0 when nobody is on the line, and leaves no process', async () => {
  const server = await start();
  const { pid } = server;
  expect(await server.signal('SIGTERM')).toBe(0);
  await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

it('tells its health also as a worker alone', async () => {
  const worker = await start({ ROLE: 'worker' });
  const ready = await fetch(`${worker.url}/readyz`);
  expect(await ready.json()).toMatchObject({ ok: true, database: { ok: true }, storage: { ok: true } });
  expect(await (await fetch(`${worker.url}/metrics`)).text()).toContain('process_cpu_seconds_total');
  expect((await fetch(`${worker.url}/api/me`)).status).toBe(404);
  expect(await worker.signal('SIGTERM')).toBe(0);
});

if (hasRedis) {
  it('runs the department as two processes that share Redis', async () => {
    const redis = await startRedis();
    try {
      const api = await start({ ROLE: 'api', REDIS_URL: redis.url, SANDBOX_SPEED: '4' });
      const worker = await start({ ROLE: 'worker', REDIS_URL: redis.url, DATA_DIR: api.dataDir });
      const rep = await department.signIn(api.url, 'rep2@test.local');
      const { lead } = await rep.get(nextCall);
      await department.setFate(lead.id, '0500');
      const { id } = await rep.get(startCall, { body: { leadId: lead.id }, headers: { 'idempotency-key': 'two processes' } });
      await vi.waitFor(async () => expect((await rep.get(currentCall)).call.state).toBe('ended'), patience);
      // The call ends on one process, its recording is put away by the other.
      await vi.waitFor(
        async () => expect((await department.database.prisma.recording.findUnique({ where: { callId: id } }))?.status).toBe('ready'),
        patience,
      );
      await vi.waitFor(() => expect(worker.log.some((line) => line.includes('"job":"recording.store"'))).toBe(true), patience);
    } finally {
      for (const server of running.splice(0)) await server.end();
      await redis.stop();
    }
  });
} else {
  console.warn('Not run: two processes over Redis, because redis-server is not installed.');
}
