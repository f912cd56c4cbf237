import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import type { Server as HttpServer } from 'node:http';
import path from 'node:path';
import type { Logger } from 'pino';
import type { Server as SocketServer } from 'socket.io';
import { argon2Passwords } from '../adapters/auth/argon2-passwords.ts';
import type { Database } from '../adapters/db/client.ts';
import { databaseNextCalls } from '../adapters/db/next-calls.ts';
import { databaseReads } from '../adapters/db/reads/index.ts';
import { settingsReader } from '../adapters/db/settings.ts';
import { sessionStore, signInStore } from '../adapters/db/stores/sessions.ts';
import { prismaUnitOfWork } from '../adapters/db/unit-of-work.ts';
import { forkedDays } from '../adapters/simulation/forked-days.ts';
import { diskImportFiles } from '../adapters/import-files/disk-import-files.ts';
import { opusRecordings } from '../adapters/sound/recording-sound.ts';
import { localCarrierFiles } from '../adapters/storage/disk/carrier-files.ts';
import { DiskRecordingStorage } from '../adapters/storage/disk/disk-recording-storage.ts';
import { turnServers } from '../adapters/turn/turn-servers.ts';
import { SandboxTelephony } from '../adapters/telephony/sandbox/sandbox-telephony.ts';
import { sessionTokenHasher } from '../app/auth/session-token.ts';
import { soundForCarrier } from '../app/voice-clips/sound-of-clip.ts';
import type { Clock } from '../app/ports/clock.ts';
import type { RecordingStorage } from '../app/ports/recording-storage.ts';
import type { Telephony } from '../app/ports/telephony.ts';
import type { App } from './app.ts';
import type { Env } from './env.ts';
import { sessionCookies, type SessionCookies } from './http/kit/session-cookie.ts';
import { allRoutes } from './http/routes/index.ts';
import { createHttpApp } from './http/server.ts';
import type { Carrier } from './telephony.ts';
import { createMetrics } from './metrics.ts';
import { originRule } from './origin.ts';
import { announceTo } from './sockets/bus.ts';
import { tellOfDelayedUpdates } from './sockets/delayed-updates.ts';
import { createSocketServer } from './sockets/server.ts';
import { liveSockets } from './sockets/live-sockets.ts';
import { watchSessions } from './sockets/session-watch.ts';
import { operationRoutes, type Check } from './http/operation.ts';
import express, { type RequestHandler } from 'express';

export interface Parts {
  env: Env;
  logger: Logger;
  database: Database;
  clock: Clock;
  telephony: Telephony;
}

async function recordingStorage({ storage, dataDir }: Env): Promise<RecordingStorage> {
  if (storage.kind !== 's3') return new DiskRecordingStorage(path.join(dataDir, 'recordings'));
  const { S3RecordingStorage } = await import('../adapters/storage/s3/s3-recording-storage.ts');
  return new S3RecordingStorage(storage);
}

/** Adapters behind the ports; nothing is started and nobody listens yet. */
export async function composeApp({ env, logger, telephony, database, clock }: Parts): Promise<App> {
  return {
    clock,
    log: logger,
    settings: settingsReader(database.quick),
    unitOfWork: prismaUnitOfWork(database.prisma, logger),
    reads: databaseReads(database.prisma),
    nextCalls: databaseNextCalls(database.quick, logger),
    sessions: sessionStore(database.prisma),
    signIns: signInStore(database.prisma),
    passwords: argon2Passwords(),
    hashToken: sessionTokenHasher(env.sessionSecret),
    telephony,
    iceServers: turnServers(env.turn),
    training: telephony instanceof SandboxTelephony ? telephony : null,
    recordingStorage: await recordingStorage(env),
    recordingSound: opusRecordings,
    carrierFiles: localCarrierFiles,
    importFiles: diskImportFiles(env.dataDir),
    daySimulator: forkedDays(),
  };
}

export interface WebParts {
  env: Env;
  logger: Logger;
  app: App;
  database: Database;
  httpServer: HttpServer;
  console: RequestHandler | null;
  carrierWebhooks?: Carrier['webhooks'];
  isStopping: () => boolean;
}

export interface Web {
  io: SocketServer;
  cookies: SessionCookies;
  /** Closes what the sockets share between nodes. */
  close(): Promise<void>;
}

function openRedis({ env, logger }: Pick<WebParts, 'env' | 'logger'>): Redis | null {
  const redis = env.redisUrl === undefined ? null : new Redis(env.redisUrl, { maxRetriesPerRequest: 1 });
  redis?.on('error', (error) => {
    logger.warn({ err: error }, 'Redis is out of reach: live updates are delayed');
  });
  return redis;
}

/** What every process needs; telephony is the part of the one that serves people. */
function commonChecks({ app, database }: Pick<WebParts, 'app' | 'database'>, redis: Redis | null): Check[] {
  return [
    {
      name: 'database',
      run: async () => {
        await database.pool.query('SELECT 1');
        return { ok: true, detail: 'PostgreSQL answers' };
      },
    },
    {
      name: 'redis',
      run: async () =>
        redis ? { ok: true, detail: `Redis answers ${await redis.ping()}` } : { ok: true, detail: 'not used: one machine' },
    },
    { name: 'storage', run: () => app.recordingStorage.health() },
  ];
}

/** HTTP and sockets on one server, under one cookie and one Origin rule. */
export function composeWeb(parts: WebParts): Web {
  const { env, logger, app, httpServer } = parts;
  const cookies = sessionCookies(env.publicUrl, app.hashToken);
  const allowedOrigin = originRule(env.publicUrl);
  const redis = openRedis(parts);
  const io = createSocketServer(app, { cookies, allowedOrigin, ...(redis ? { adapter: createAdapter(redis) } : {}) });
  if (redis) tellOfDelayedUpdates(io, redis);
  const sessions = watchSessions(io, app);
  const webhooks = parts.carrierWebhooks ?? null;
  const http = createHttpApp({
    app,
    logger,
    cookies,
    publicUrl: env.publicUrl,
    allowedOrigin,
    routes: allRoutes(cookies, liveSockets(io), (announcement) => announceTo(io, announcement)),
    console: parts.console,
    carrierWebhooks: webhooks && { path: webhooks.path, handler: webhooks.routes((clipId) => soundForCarrier(app, clipId)) },
    operation: {
      metrics: createMetrics(parts.database, app),
      isStopping: parts.isStopping,
      checks: [...commonChecks(parts, redis), { name: 'telephony', run: () => app.telephony.health() }],
    },
  });
  httpServer.on('request', http);
  // After the application: the sockets then keep their own path from it, else both would answer the same request.
  io.attach(httpServer);
  return {
    io,
    cookies,
    close: async () => {
      sessions.stop();
      await io.close();
      redis?.disconnect();
    },
  };
}

/** Health and figures of a process that serves nobody else. */
export function composeOperation(parts: Omit<WebParts, 'console' | 'carrierWebhooks'>): { close(): Promise<void> } {
  const redis = openRedis(parts);
  const server = express();
  server.disable('x-powered-by');
  server.use(
    operationRoutes({
      metrics: createMetrics(parts.database, parts.app),
      isStopping: parts.isStopping,
      checks: commonChecks(parts, redis),
    }),
  );
  parts.httpServer.on('request', server);
  return {
    close: () => {
      redis?.disconnect();
      return Promise.resolve();
    },
  };
}
