import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { PlainError } from './plain-error.mjs';

const LOG_KEPT_BYTES = 50_000_000;

/**
 * Makes the data folder and proves that we may write in it.
 * @param {string} folder
 */
export function openDataFolder(folder) {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK | constants.X_OK);
    // Rights alone do not tell of a read-only or full disk.
    writeFileSync(path.join(folder, '.probe'), 'x');
    rmSync(path.join(folder, '.probe'));
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new PlainError(
      `The data folder ${folder} cannot be written to (${why}): give this user the right or set DATA_DIR to another folder.`,
    );
  }
}

/** Node's own recursive mkdir never returns below /proc, so the parents are made one by one. */
function makeFolder(folder) {
  if (existsSync(folder)) return;
  makeFolder(path.dirname(folder));
  mkdirSync(folder);
}

/**
 * Takes the folder for this process; two servers on one folder would fight for its PostgreSQL.
 * @param {string} folder
 * @returns {() => void} gives it back
 */
export function lockDataFolder(folder) {
  const file = path.join(folder, 'start.lock');
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder > 0 && holder !== process.pid && isOurs(holder)) {
    throw new PlainError(
      `Zagon already runs on the data folder ${folder} (process ${holder}): stop that one first, or set DATA_DIR and PORT for a second one.`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}

/** After a crash the number may belong to a stranger: only a start script holds the lock. */
function isOurs(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const commandFile = `/proc/${pid}/cmdline`;
  return existsSync(commandFile) ? readFileSync(commandFile, 'utf8').includes('start.mjs') : true;
}

/**
 * The secret of this installation, made on the first start.
 * @param {string} folder
 */
export function sessionSecret(folder) {
  const file = path.join(folder, 'session.secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(36).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/**
 * @param {string} folder
 * @returns {string} the server's log file; a large one is put aside, one generation is kept
 */
export function logFile(folder) {
  const file = path.join(folder, 'server.log');
  if (existsSync(file) && statSync(file).size > LOG_KEPT_BYTES) renameSync(file, `${file}.1`);
  return file;
}
