import { createServer, type Server } from 'node:http';
import path from 'node:path';
import type { Logger } from 'pino';
import { openDatabase, type Database } from '../adapters/db/client.ts';
import { databaseClock } from '../adapters/db/database-clock.ts';
import { migrate } from '../adapters/db/migrate.ts';
import { openJobs } from '../adapters/jobs/bullmq.ts';
import { reconcileCalls } from '../app/calls/reconcile-calls.ts';
import type { Announcement } from '../app/ports/bus.ts';
import type { App } from './app.ts';
import { composeApp, composeOperation, composeWeb } from './compose.ts';
import { readEnv, type Env } from './env.ts';
import { builtConsole, carrierConnections } from './http/console.ts';
import { jobHandlers } from './jobs/handlers.ts';
import { createLogger } from './log.ts';
import { startOutboxDispatcher } from './outbox-dispatcher.ts';
import { boardPublisher } from './sockets/board-publisher.ts';
import { announceTo } from './sockets/bus.ts';
import { createCarrier, telephonyListener, type Carrier } from './telephony.ts';

/** Where the project stands: the bundle lies in build/server. */
const root = path.resolve(process.env.ZAGON_ROOT ?? '.');
const reconcileEveryMs = 30_000;
/** Live calls are left to finish for so long when the server is asked to stop. */
const stopGraceSeconds = 10;

type Stop = () => Promise<void>;

interface Parts {
  app: App;
  database: Database;
  webhooks: Carrier['webhooks'];
}

async function listen(httpServer: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    httpServer.once('error', reject);
    httpServer.listen(port, resolve);
  });
}

async function startWorker(parts: Parts, env: Env, logger: Logger): Promise<Stop> {
  const jobs = await openJobs({ databaseUrl: env.databaseUrl, redisUrl: env.redisUrl, handlers: jobHandlers(parts.app), log: logger });
  return () => jobs.close();
}

/** A process of jobs alone still tells how it is. */
async function startOperation(parts: Parts, env: Env, logger: Logger): Promise<Stop> {
  let stopping = false;
  const httpServer = createServer();
  const operation = composeOperation({ env, logger, ...parts, httpServer, isStopping: () => stopping });
  await listen(httpServer, env.port);
  logger.info({ port: env.port }, 'listening for health checks');
  return async () => {
    stopping = true;
    await operation.close();
    httpServer.closeAllConnections();
  };
}

/** The part that people and carriers talk to: HTTP, sockets, the telephone lines, and the outbox that feeds both. */
async function startApi(parts: Parts, env: Env, logger: Logger): Promise<Stop> {
  const { app, database } = parts;
  let stopping = false;
  const httpServer = createServer();
  const console = await builtConsole(root, carrierConnections(env.telephony));
  if (!console) logger.warn({}, 'the console is not built: only the API is served');
  const web = composeWeb({ env, logger, app, database, httpServer, console, carrierWebhooks: parts.webhooks, isStopping: () => stopping });
  const announce = (announcement: Announcement): void => {
    announceTo(web.io, announcement);
  };
  const board = boardPublisher({ ...app, announce });
  const jobs = await openJobs({ databaseUrl: env.databaseUrl, redisUrl: env.redisUrl, handlers: undefined, log: logger });
  const outbox = await startOutboxDispatcher({
    database,
    databaseUrl: env.databaseUrl,
    log: logger,
    announce,
    boardChanged: board.changed,
    jobs,
  });
  const { listener, rings, volleys } = telephonyListener(app, (repId, state) => {
    announce({ event: 'headset:state', audience: { user: repId }, payload: { state } });
  });
  await app.telephony.start(listener);
  const reconcile = (silentSeconds?: number): void => {
    reconcileCalls(app, silentSeconds)
      .then(() => Promise.all([rings.resume(), volleys.resume()]))
      .catch((error: unknown) => {
        logger.error({ err: error }, 'calls in doubt were not looked up; they will be');
      });
  };
  // The sandbox's calls live and die with this process: whatever a killed one left live is over, and its rep must not wait to hear it.
  reconcile(env.telephony.kind === 'sandbox' ? 0 : undefined);
  const reconciling = setInterval(() => {
    reconcile();
  }, reconcileEveryMs);
  await listen(httpServer, env.port);
  logger.info({ port: env.port }, 'listening');
  return async () => {
    stopping = true;
    clearInterval(reconciling);
    await app.telephony.stop({ endCalls: false, graceSeconds: stopGraceSeconds });
    await outbox.stop();
    await board.stop();
    await web.close();
    httpServer.closeAllConnections();
    await jobs.close();
  };
}

async function main(): Promise<void> {
  const env = readEnv(process.env);
  const logger = createLogger(env.logLevel);
  const { applied } = await migrate(
    env.databaseUrl,
    (line) => {
      logger.info({ progress: true }, line);
    },
    path.join(root, 'prisma/migrations'),
  );
  if (applied.length > 0) logger.info({ applied }, 'migrated');
  const database = openDatabase(env.databaseUrl);
  const clock = databaseClock(database.pool, logger);
  await clock.start();
  const { telephony, webhooks } = await createCarrier(env, root, { log: logger, clock, database });
  const parts: Parts = { app: await composeApp({ env, logger, telephony, database, clock }), database, webhooks };
  const stops: Stop[] = [];
  const start = async (): Promise<void> => {
    if (env.role !== 'worker') stops.push(await startApi(parts, env, logger));
    if (env.role !== 'api') stops.push(await startWorker(parts, env, logger));
    if (env.role === 'worker') stops.push(await startOperation(parts, env, logger));
  };
  const started = start();
  let stopped = false;
  const stop = async (signal: string): Promise<void> => {
    if (stopped) return;
    stopped = true;
    logger.info({ signal }, 'stopping');
    // Asked in the middle of the start: what was begun is finished first, so that it can be ended in order.
    await started;
    for (const stopPart of stops) await stopPart();
    clock.stop();
    await database.close();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stop(signal).catch((error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      });
    });
  }
  await started;
}

try {
  await main();
} catch (error) {
  createLogger('error').fatal({ err: error }, 'the server could not start');
  process.exitCode = 1;
  process.exit();
}
