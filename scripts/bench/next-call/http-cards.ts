import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Database } from '../../../server/adapters/db/client.ts';
import { sessionStore } from '../../../server/adapters/db/stores/sessions.ts';
import { newSessionToken, sessionTokenHasher } from '../../../server/app/auth/session-token.ts';
import type { Actor } from '../../../server/app/actor.ts';
import { isStale, make, products } from '../../lib/build.mjs';
import { inRoot } from '../../lib/paths.mjs';
import { freePort } from '../../lib/ports.mjs';

const secret = 'a secret of more than thirty-two characters';
const startTriesAtMost = 300;

interface Desk {
  post: (address: string, body: object) => Promise<{ status: number; text: string }>;
}

async function signedIn(database: Database, url: string, actor: Actor): Promise<Desk> {
  const token = newSessionToken();
  const now = new Date();
  const expiresAt = new Date(now.getTime() + 86_400_000);
  await sessionStore(database.prisma).create({
    tokenHash: sessionTokenHasher(secret)(token),
    userId: actor.id,
    expiresAt,
    ip: null,
    userAgent: null,
    now,
  });
  const headers = { 'content-type': 'application/json', origin: url, cookie: `zagon=${token}` };
  return {
    post: async (address, body) => {
      const response = await fetch(url + address, { method: 'POST', headers, body: JSON.stringify(body) });
      return { status: response.status, text: await response.text() };
    },
  };
}

/** The bundled server as a process of its own. */
async function startServer(databaseUrl: string, dataDir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  if (isStale(products.server)) await make(products.server);
  const port = await freePort(0);
  const url = `http://127.0.0.1:${port}`;
  const child = fork(inRoot('build/server/main.js'), [], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      PORT: String(port),
      PUBLIC_URL: url,
      SESSION_SECRET: secret,
      LOG_LEVEL: 'error',
      DEMO: '0',
    },
  });
  for (let tries = 0; ; tries += 1) {
    if (tries > startTriesAtMost) throw new Error('the server did not start');
    const answers = await fetch(`${url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (answers) break;
    await pause(100);
  }
  return {
    url,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/**
 * Reps at their desks open the next card by HTTP, look at it for about `lookSeconds`, and give it back; milliseconds of each opening but their first.
 * Their moments are spread evenly, as a department's are.
 */
export async function httpCards(options: {
  database: Database;
  databaseUrl: string;
  dataDir: string;
  reps: readonly Actor[];
  lookSeconds: number;
  seconds: number;
}): Promise<number[]> {
  const server = await startServer(options.databaseUrl, options.dataDir);
  try {
    const desks = await Promise.all(options.reps.map((rep) => signedIn(options.database, server.url, rep)));
    const waits: number[] = [];
    const endMs = performance.now() + options.seconds * 1000;
    await Promise.all(
      desks.map(async (desk, index) => {
        await pause((index / desks.length) * options.lookSeconds * 1000);
        // A server that was just started is not what a department works with: each rep's first card warms it up.
        for (let nth = 0; performance.now() < endMs; nth += 1) {
          const askedMs = performance.now();
          const answer = await desk.post('/api/queue/next', {});
          if (nth > 0) waits.push(performance.now() - askedMs);
          if (answer.status !== 200) throw new Error(`no card: ${answer.status} ${answer.text.slice(0, 200)}`);
          await pause(options.lookSeconds * 1000);
          await desk.post('/api/queue/release', { leadId: (JSON.parse(answer.text) as { lead: { id: number } }).lead.id, why: 'bench' });
        }
      }),
    );
    return waits;
  } finally {
    await server.stop();
  }
}
