import { Client } from 'pg';
import { z, ZodError } from 'zod';
import type { Log } from '../app/ports/log.ts';
import type { Jobs } from '../app/ports/jobs.ts';
import type { Database } from '../adapters/db/client.ts';
import { outboxChannel } from '../adapters/db/stores/outbox.ts';
import { jobs as jobSchemas, type JobName } from '../contract/jobs/index.ts';
import { serverEvents, type ServerEventName } from '../contract/sockets/index.ts';
import type { Announcement } from '../app/ports/bus.ts';

interface OutboxRow {
  id: bigint;
  topic: string;
  payload: unknown;
}

export interface OutboxParts {
  database: Database;
  databaseUrl: string;
  log: Log;
  announce: (announcement: Announcement) => void;
  boardChanged: (repIds: readonly number[]) => void;
  jobs: Jobs;
}

export interface OutboxDispatcher {
  /** Sends everything that is waiting; concurrent calls join the one that runs. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

const batchSize = 200;
/** A notify can be lost with its connection; looking again costs one index probe. */
const lookAgainMs = 1_000;

/**
 * Carries committed events from the outbox to sockets and jobs, at least once and in order.
 * A PostgreSQL NOTIFY wakes it; a slow look catches what a lost connection swallowed.
 */
export async function startOutboxDispatcher(parts: OutboxParts): Promise<OutboxDispatcher> {
  let running: Promise<void> | null = null;
  const state = { again: false, stopped: false };

  const loop = async (): Promise<void> => {
    while (state.again && !state.stopped) {
      state.again = false;
      const sent = await sendBatch(parts);
      if (sent === batchSize) state.again = true;
    }
  };
  const flush = (): Promise<void> => {
    state.again = true;
    running ??= loop()
      .catch((error: unknown) => {
        parts.log.error({ err: error }, 'outbox was not flushed; it will be looked at again');
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  const listener = await listen(parts, () => void flush());
  const timer = setInterval(() => void flush(), lookAgainMs);
  return {
    flush,
    stop: async () => {
      clearInterval(timer);
      await flush();
      state.stopped = true;
      await listener.close();
    },
  };
}

async function sendBatch(parts: OutboxParts): Promise<number> {
  return parts.database.prisma.$transaction(async (transaction) => {
    const rows = await transaction.$queryRaw<OutboxRow[]>`
      SELECT id, topic, payload FROM outbox_event ORDER BY id LIMIT ${batchSize} FOR UPDATE SKIP LOCKED`;
    for (const row of rows) await sendOrDrop(row, parts);
    if (rows.length > 0) await transaction.$executeRaw`DELETE FROM outbox_event WHERE id = ANY(${rows.map((row) => row.id)}::bigint[])`;
    return rows.length;
  });
}

const isEvent = (name: string): name is ServerEventName => name in serverEvents;
const isJob = (name: string): name is JobName => name in jobSchemas;

/** What does not fit its own schema would block all that comes after it; it is a bug, told loudly, and dropped. */
async function sendOrDrop(row: OutboxRow, parts: OutboxParts): Promise<void> {
  try {
    await send(row, parts);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    parts.log.error({ err: error, topic: row.topic, outboxId: Number(row.id) }, 'an outbox event does not fit its schema and was dropped');
  }
}

const boardPayload = z.object({ repIds: z.array(z.int()) });

async function send(row: OutboxRow, { announce, boardChanged, jobs, log }: OutboxParts): Promise<void> {
  const [kind, ...rest] = row.topic.split(':');
  const name = rest.join(':');
  if (row.topic === 'board') boardChanged(boardPayload.parse(row.payload).repIds);
  else if (kind === 'socket' && isEvent(name)) announce(row.payload as Announcement);
  else if (kind === 'job' && isJob(name)) {
    const job = row.payload as { payload: unknown; delayMs?: number };
    const delay = job.delayMs === undefined ? {} : { delayMs: job.delayMs };
    await jobs.enqueue(name, jobSchemas[name].parse(job.payload), { jobId: `outbox-${row.id}`, ...delay });
  } else log.error({ topic: row.topic, outboxId: Number(row.id) }, 'an outbox event of an unknown kind was dropped');
}

/** A connection of its own for LISTEN, opened again when it breaks. */
async function listen({ databaseUrl, log }: OutboxParts, wake: () => void): Promise<{ close(): Promise<void> }> {
  let client: Client | null = null;
  let closed = false;
  const connect = async (): Promise<void> => {
    const fresh = new Client({ connectionString: databaseUrl, keepAlive: true });
    fresh.on('notification', wake);
    fresh.on('error', (error) => {
      log.warn({ err: error }, 'the outbox listener lost its connection');
      client = null;
    });
    await fresh.connect();
    await fresh.query(`LISTEN ${outboxChannel}`);
    client = fresh;
    wake();
  };
  await connect();
  const timer = setInterval(() => {
    if (client || closed) return;
    connect().catch((error: unknown) => {
      log.warn({ err: error }, 'the outbox listener could not connect');
    });
  }, lookAgainMs);
  return {
    close: async () => {
      closed = true;
      clearInterval(timer);
      await client?.end();
    },
  };
}
