// `npm start`: from a bare clone to a running department. Plain JavaScript, because nothing is installed yet.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { isStale, make, products } from './lib/build.mjs';
import { checkNode, checkPort, checkSettings } from './lib/checks.mjs';
import { lockDataFolder, logFile, openDataFolder, sessionSecret } from './lib/data-folder.mjs';
import { install, needsInstall } from './lib/install.mjs';
import { inRoot, root } from './lib/paths.mjs';
import { PlainError } from './lib/plain-error.mjs';
import { seconds, step } from './lib/progress.mjs';
import { runQuietly } from './lib/run.mjs';
import { healthy, startServer } from './lib/server-process.mjs';
import { Shutdown } from './lib/shutdown.mjs';
import { welcome } from './lib/welcome.mjs';

/** The demo invents millions of objects that live for a second; with Node's usual room for them it mostly collects garbage. */
const ROOM_FOR_YOUNG_OBJECTS = '--max-semi-space-size=64';

const startedMs = performance.now();
const shutdown = new Shutdown();

async function main() {
  checkNode(process.versions.node);
  if (existsSync(inRoot('.env'))) process.loadEnvFile(inRoot('.env'));
  const dataDir = path.resolve(root, process.env.DATA_DIR?.trim() || 'data');
  openDataFolder(dataDir);
  shutdown.last(lockDataFolder(dataDir));
  const port = await checkPort(process.env.PORT);

  console.log('Starting Zagon');
  if (needsInstall()) await step('Installing packages', install);
  await prepare(products.prismaClient);
  await prepare(products.server);
  const env = {
    ...process.env,
    PORT: String(port),
    DATA_DIR: dataDir,
    SESSION_SECRET: process.env.SESSION_SECRET?.trim() || sessionSecret(dataDir),
    DATABASE_URL: process.env.DATABASE_URL?.trim() || 'postgresql://localhost/zagon',
  };
  await checkSettings(env);
  // The console's build and the base keep one core each busy; the slower one is what a newcomer waits for.
  await allDone([prepare(products.console), prepareBase(env, dataDir)]);
  shutdown.check();

  process.stdout.write('  Starting the server\n');
  const serverMs = performance.now();
  const server = startServer({ env, logFile: logFile(dataDir), onProgress: (says) => console.log(`    ${says} (${seconds(serverMs)})`) });
  shutdown.first(server.stop, server.kill);
  await healthy(port, server.exited);
  shutdown.check();
  console.log(
    `  Ready after ${seconds(startedMs)}\n\n${welcome({ port, publicUrl: process.env.PUBLIC_URL, demo: env.DEMO !== '0', logFile: logFile(dataDir) })}`,
  );
  const { why } = await server.exited;
  throw new PlainError(`Zagon stopped: ${why}`);
}

/** Waits for all before it throws what one threw: nothing is still being started when a failure ends everything. */
async function allDone(works) {
  for (const done of await Promise.allSettled(works)) if (done.status === 'rejected') throw done.reason;
}

/**
 * @param {Record<string, string | undefined>} env its DATABASE_URL is set to the own base unless one was given
 * @param {string} dataDir
 */
async function prepareBase(env, dataDir) {
  if (!process.env.DATABASE_URL?.trim()) env.DATABASE_URL = await step('Starting PostgreSQL', () => startOwnPostgres(dataDir));
  shutdown.check();
  if (env.DEMO !== '0') await step('Looking after the demo department', () => loadDemo(env));
}

/**
 * Migrates, and fills an empty base; with users in it nothing happens.
 * @param {Record<string, string | undefined>} env
 */
const loadDemo = (env) =>
  runQuietly(process.execPath, [ROOM_FOR_YOUNG_OBJECTS, '--enable-source-maps', inRoot('build/server/demo.js')], env);

/** @param {import('./lib/build.mjs').Product} product */
async function prepare(product) {
  shutdown.check();
  if (isStale(product)) await step(product.says, () => make(product));
}

/** @param {string} dataDir @returns {Promise<string>} address of the database */
async function startOwnPostgres(dataDir) {
  // Only now: on a bare clone the packages that these need were not there when this script was loaded.
  const { startPostgres } = await import('./lib/postgres.mjs');
  const { ensureDatabase } = await import('./lib/ensure-database.mjs');
  const postgres = await startPostgres({ folder: path.join(dataDir, 'postgres') });
  shutdown.first(postgres.stop, postgres.kill);
  void postgres.exited.then((why) => shutdown.fail(why));
  await ensureDatabase(postgres.url('postgres'), 'zagon');
  return postgres.url('zagon');
}

await shutdown.run(main);
