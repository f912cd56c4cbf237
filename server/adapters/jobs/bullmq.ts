import { createPostgresBackend, createRedisBackend, withBackend, type Job, type WorkerOptions } from 'bullmq';
import type { Jobs } from '../../app/ports/jobs.ts';
import type { Log } from '../../app/ports/log.ts';
import { jobs as schemas, type JobName, type JobPayload } from '../../contract/jobs/index.ts';

const QUEUE = 'zagon';
const SWEEP_EVERY_MS = 30_000;
const SWEEP_WATCH_MS = 10_000;
/** A node that dies holds its jobs no longer than this. */
const STALLED_AFTER_MS = 5_000;
const CONCURRENCY = 8;

/** One handler per job of the contract. */
export type JobHandlers = { [Name in JobName]: (payload: JobPayload<Name>) => Promise<void> };

export interface JobsOptions {
  databaseUrl: string;
  /** Given: the jobs live in Redis and any number of nodes share them. Absent: in PostgreSQL, schema `bullmq`. */
  redisUrl: string | undefined;
  /** Absent on a node that only enqueues. */
  handlers: JobHandlers | undefined;
  log: Log;
}

export interface OpenJobs extends Jobs {
  /** Lets running jobs finish, takes no new ones. */
  close(): Promise<void>;
}

/**
 * Opens the queue, starts to work on it when handlers are given, and has `sweep` run every 30 s on one of the nodes.
 * @throws when a job of the contract has no handler, or the store cannot be reached
 */
export async function openJobs({ databaseUrl, redisUrl, handlers, log }: JobsOptions): Promise<OpenJobs> {
  if (handlers) refuseMissing(handlers);
  const { queue, worker } = redisUrl === undefined ? onPostgres(databaseUrl, handlers, log) : onRedis(redisUrl, handlers, log);
  // Without a listener a broken connection would end the process; BullMQ itself reconnects.
  queue.on('error', (error) => {
    log.warn({ err: error }, 'the job queue lost its connection');
  });
  worker?.on('error', (error) => {
    log.warn({ err: error }, 'the job worker lost its connection');
  });
  worker?.on('failed', (job, error) => {
    log.error({ err: error, job: job?.name, jobId: job?.id, attempt: job?.attemptsMade }, 'a job failed');
  });
  await queue.waitUntilReady();
  await worker?.waitUntilReady();
  const scheduleSweep = async (): Promise<void> => {
    if (!(await queue.getJobScheduler('sweep')))
      await queue.upsertJobScheduler('sweep', { every: SWEEP_EVERY_MS }, { name: 'sweep', data: {} });
  };
  if (worker) await scheduleSweep();
  // A store that was emptied has forgotten the sweep, and the sweep is what finds everything else that was lost with it.
  const watching = setInterval(() => {
    if (!worker) return;
    scheduleSweep().catch((error: unknown) => {
      log.warn({ err: error }, 'the sweep could not be scheduled; it will be tried again');
    });
  }, SWEEP_WATCH_MS);
  return {
    enqueue: async (name, payload, { delayMs = 0, jobId } = {}) => {
      await queue.add(name, schemas[name].parse(payload), { delay: delayMs, ...(jobId === undefined ? {} : { jobId }) });
    },
    close: async () => {
      clearInterval(watching);
      await worker?.close();
      await queue.close();
    },
  };
}

const defaultJobOptions = {
  attempts: 5,
  backoff: { type: 'exponential', delay: 1_000 },
  removeOnComplete: { count: 1_000 },
  removeOnFail: { count: 5_000 },
};
const workerOptions = {
  concurrency: CONCURRENCY,
  stalledInterval: STALLED_AFTER_MS,
  lockDuration: 2 * STALLED_AFTER_MS,
  maxStalledCount: 5,
} satisfies Partial<WorkerOptions>;

function onPostgres(databaseUrl: string, handlers: JobHandlers | undefined, log: Log) {
  const { Queue, Worker } = withBackend(createPostgresBackend);
  const connection = { connectionString: databaseUrl, schema: 'bullmq', migrate: true };
  const queue = new Queue(QUEUE, { connection, defaultJobOptions });
  const worker = handlers && new Worker(QUEUE, processor(handlers, log), { connection, ...workerOptions });
  return { queue, worker };
}

function onRedis(redisUrl: string, handlers: JobHandlers | undefined, log: Log) {
  const { Queue, Worker } = withBackend(createRedisBackend);
  const connection = { url: redisUrl, maxRetriesPerRequest: null };
  const queue = new Queue(QUEUE, { connection, defaultJobOptions });
  const worker = handlers && new Worker(QUEUE, processor(handlers, log), { connection, ...workerOptions });
  return { queue, worker };
}

function processor(handlers: JobHandlers, log: Log): (job: Job) => Promise<void> {
  return async ({ name, id, data }) => {
    if (!isJobName(name)) {
      // A newer node enqueued it: trying again lets that node have it, and the failure is seen if there is none.
      throw new Error(`This version of Zagon knows no job "${name}"`);
    }
    const startedMs = performance.now();
    await perform(handlers, name, data);
    log.info({ job: name, jobId: id, durationMs: Math.round(performance.now() - startedMs) }, 'job done');
  };
}

/** Checked again before it runs: it may have been enqueued by another version. */
async function perform<Name extends JobName>(handlers: JobHandlers, name: Name, data: unknown): Promise<void> {
  await handlers[name](schemas[name].parse(data) as JobPayload<Name>);
}

const isJobName = (name: string): name is JobName => name in schemas;

function refuseMissing(handlers: Partial<JobHandlers>): void {
  const missing = Object.keys(schemas).filter((name) => isJobName(name) && handlers[name] === undefined);
  if (missing.length > 0) throw new Error(`No handler for the jobs ${missing.join(', ')}`);
}
