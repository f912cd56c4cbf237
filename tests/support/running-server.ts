import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { openDatabase } from '../../server/adapters/db/client.ts';
import { newSessionToken } from '../../server/app/auth/session-token.ts';
import type { Clock } from '../../server/app/ports/clock.ts';
import { composeApp, composeWeb } from '../../server/entrypoints/compose.ts';
import { readEnv } from '../../server/entrypoints/env.ts';
import { ObedientCarrier } from './call-department.ts';
import { freshDatabase } from './database.ts';

/** The whole API and its sockets on a free port over a fresh base, as `compose` puts them together. */
export async function runningServer(options: { clock?: Clock; publicUrl?: string } = {}) {
  const fresh = await freshDatabase();
  const dataDir = await mkdtemp(path.join(tmpdir(), 'zagon-server-'));
  const httpServer = createServer();
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const { port } = httpServer.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const env = readEnv({ DATABASE_URL: fresh.url, SESSION_SECRET: 'x'.repeat(32), DATA_DIR: dataDir, PUBLIC_URL: options.publicUrl ?? url });
  const logger = pino({ level: 'silent' });
  const database = openDatabase(env.databaseUrl);
  const clock = options.clock ?? { now: () => new Date() };
  const app = await composeApp({ env, logger, telephony: new ObedientCarrier().telephony(), database, clock });
  const web = composeWeb({ env, logger, app, database, httpServer, console: null, isStopping: () => false });

  /** A cookie of a session of that person, as sign-in would give it. */
  const signInAs = async (userId: number): Promise<string> => {
    const token = newSessionToken();
    const now = app.clock.now();
    const expiresAt = new Date(now.getTime() + 86_400_000);
    await app.sessions.create({ tokenHash: app.hashToken(token), userId, expiresAt, ip: null, userAgent: null, now });
    return web.cookies.write(token, expiresAt).split(';')[0] ?? '';
  };

  /** Calls the API as its console does. */
  const call = async (
    method: string,
    address: string,
    more: { cookie?: string; body?: unknown; headers?: Record<string, string> } = {},
  ) => {
    const response = await fetch(url + address, {
      method: method.toUpperCase(),
      headers: { 'content-type': 'application/json', origin: url, ...(more.cookie ? { cookie: more.cookie } : {}), ...more.headers },
      ...(method === 'get' ? {} : { body: JSON.stringify(more.body ?? {}) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, headers: response.headers, body: (isJson ? JSON.parse(text) : text) as Record<string, unknown> };
  };

  return {
    url,
    app,
    database,
    io: web.io,
    signInAs,
    call,
    stop: async () => {
      await web.close();
      httpServer.closeAllConnections();
      await database.close();
      await fresh.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type RunningServer = Awaited<ReturnType<typeof runningServer>>;
