import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { currentClaim, nextCall } from '../../server/contract/http/queue.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { ServerProcess } from '../support/server-process.ts';

const repCount = 4;
const readySchema = z.object({ ok: z.boolean(), redis: z.object({ ok: z.boolean(), detail: z.string() }) });

if (hasRedis) {
  describe('Redis is flushed, killed, and comes back', () => {
    let base: FreshDatabase;
    let department: CallingDepartment;
    let redis: TestRedis;
    let server: ServerProcess;
    let reps: ApiClient[];

    beforeAll(async () => {
      base = await freshDatabase();
      department = await callingDepartment(base.url, { reps: repCount, companies: 30 });
      redis = await startRedis();
      server = await ServerProcess.start({ databaseUrl: base.url, env: { REDIS_URL: redis.url } });
      reps = await Promise.all(department.reps.map(({ email }) => department.signIn(server.url, email)));
    });

    afterAll(async () => {
      await server.end();
      await redis.stop();
      await department.close();
      await base.drop();
    });

    const readiness = async (): Promise<z.infer<typeof readySchema>> =>
      readySchema.parse(await (await fetch(`${server.url}/readyz`)).json());

    /** Everybody asks for his next call at once; each holds one company, nobody the same. */
    async function everybodyHoldsHisOwn(): Promise<void> {
      const claims = await Promise.all(reps.flatMap((rep) => [rep.get(nextCall), rep.get(nextCall)]));
      expect(new Set(claims.map((claim) => claim.lead.id)).size).toBe(repCount);
    }

    /** A promise that comes due inside the announcing sweep's reach. */
    async function promiseDueSoon(repIndex: number, companyId: number): Promise<void> {
      const repId = department.reps[repIndex]?.id ?? 0;
      const startsAt = new Date(Date.now() + 15 * 60_000);
      await department.database.prisma.promise.create({
        data: {
          companyId,
          repId,
          kind: 'exact',
          localTime: '',
          timeZone: 'Europe/Moscow',
          startsAt,
          promisedAt: startsAt,
          deadlineAt: new Date(startsAt.getTime() + 300_000),
        },
      });
    }

    it('keeps claims exclusive and still announces a promise within a minute after everything in Redis was flushed', async () => {
      await everybodyHoldsHisOwn();
      const told = vi.fn();
      const socket = reps[0]?.socket();
      socket?.on('promise:due', told);
      await vi.waitFor(() => expect(socket?.connected).toBe(true), patience);
      const client = new Redis(redis.url);
      await client.flushall();
      client.disconnect();
      await everybodyHoldsHisOwn();
      const company = await department.database.prisma.company.findFirstOrThrow({
        where: { lead: { claim: null } },
        orderBy: { id: 'desc' },
      });
      await promiseDueSoon(0, company.id);
      await vi.waitFor(() => expect(told.mock.calls.flat()).toContainEqual(expect.objectContaining({ companyId: company.id })), patience);
      socket?.close();
    });

    it('serves reps while Redis is gone, says so on /readyz and on their screens, and recovers by itself', async () => {
      const { port } = redis;
      const socket = reps[1]?.socket();
      const told: boolean[] = [];
      socket?.on('updates:state', ({ delayed }: { delayed: boolean }) => told.push(delayed));
      await vi.waitFor(() => expect(told).toEqual([false]), patience);
      await redis.kill();
      await vi.waitFor(() => expect(told.at(-1)).toBe(true), patience);
      await vi.waitFor(async () => expect(await readiness()).toMatchObject({ ok: false, redis: { ok: false } }), patience);
      expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
      await everybodyHoldsHisOwn();

      redis = await startRedis(port);
      await vi.waitFor(async () => expect(await readiness()).toMatchObject({ ok: true, redis: { ok: true } }), patience);
      await vi.waitFor(() => expect(told.at(-1)).toBe(false), patience);
      socket?.close();
      // What was committed meanwhile leaves the outbox once jobs and sockets have Redis again.
      await vi.waitFor(async () => expect(await department.database.prisma.outboxEvent.count()).toBe(0), patience);
      const [rep] = reps;
      expect((await rep?.ask(currentClaim))?.status).toBe(200);
    });
  });
} else {
  console.warn('Not run: the loss of Redis, because redis-server is not installed.');
}
