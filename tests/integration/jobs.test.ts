import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { openJobs, type JobHandlers, type OpenJobs } from '../../server/adapters/jobs/bullmq.ts';
import type { JobName } from '../../server/contract/jobs/index.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { hasRedis, startRedis, type TestRedis } from '../support/redis.ts';

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };

function watched(): { handlers: JobHandlers; ran: [JobName, unknown][] } {
  const ran: [JobName, unknown][] = [];
  const watch = (name: JobName) => (payload: unknown) => {
    ran.push([name, payload]);
    return Promise.resolve();
  };
  const handlers = {
    'import.run': watch('import.run'),
    'recording.store': watch('recording.store'),
    'queue.requeueAll': watch('queue.requeueAll'),
    sweep: watch('sweep'),
  };
  return { handlers, ran };
}

describe.each(hasRedis ? (['postgres', 'redis'] as const) : (['postgres'] as const))('jobs on %s', (backend) => {
  let database: FreshDatabase;
  let redis: TestRedis | undefined;
  let opened: OpenJobs[] = [];

  beforeAll(async () => {
    database = await freshDatabase();
    redis = backend === 'redis' ? await startRedis() : undefined;
  });
  afterEach(async () => {
    await Promise.all(opened.map((jobs) => jobs.close()));
    opened = [];
  });
  afterAll(async () => {
    await redis?.stop();
    await database.drop();
  });

  const open = async (handlers: JobHandlers | undefined): Promise<OpenJobs> => {
    const jobs = await openJobs({ databaseUrl: database.url, redisUrl: redis?.url, handlers, log });
    opened.push(jobs);
    return jobs;
  };

  it('run on another node than the one that enqueued them, once per id, and sweep by themselves', async () => {
    const { handlers, ran } = watched();
    const sender = await open(undefined);
    await sender.enqueue('import.run', { importId: 7 }, { jobId: 'import-7' });
    await sender.enqueue('import.run', { importId: 7 }, { jobId: 'import-7' });
    await open(handlers);
    await expect.poll(() => ran.filter(([name]) => name === 'import.run'), patience).toEqual([['import.run', { importId: 7 }]]);
    await expect.poll(() => ran.some(([name]) => name === 'sweep'), patience).toBe(true);
  });

  it('wait for their delay', async () => {
    const { handlers, ran } = watched();
    const jobs = await open(handlers);
    const enqueuedMs = performance.now();
    await jobs.enqueue('recording.store', { callId: 3 }, { delayMs: 400 });
    await expect.poll(() => ran.some(([name]) => name === 'recording.store'), patience).toBe(true);
    expect(performance.now() - enqueuedMs).toBeGreaterThanOrEqual(390);
  });

  it('are refused when they do not fit their schema', async () => {
    const jobs = await open(undefined);
    await expect(jobs.enqueue('import.run', { importId: -1 })).rejects.toThrow('importId');
  });

  it('are tried again when they fail, and let finish when the node closes', async () => {
    const { handlers } = watched();
    let tries = 0;
    let finished = false;
    const jobs = await open({
      ...handlers,
      'recording.store': async () => {
        tries += 1;
        if (tries === 1) throw new Error('the carrier has no file yet');
        await new Promise((resolve) => setImmediate(resolve));
        finished = true;
      },
    });
    await jobs.enqueue('recording.store', { callId: 5 });
    await vi.waitFor(() => {
      expect(tries).toBe(2);
    }, patience);
    await jobs.close();
    opened = [];
    expect(finished).toBe(true);
    expect(log.error).toHaveBeenCalledWith(expect.objectContaining({ job: 'recording.store' }), 'a job failed');
  });

  it('refuse to start when one has no handler', async () => {
    const incomplete = { ...watched().handlers };
    Reflect.deleteProperty(incomplete, 'sweep');
    await expect(open(incomplete)).rejects.toThrow('No handler for the jobs sweep');
  });
});
