import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { PlainError } from './plain-error.mjs';
import { root } from './paths.mjs';

/** @type {Set<import('node:child_process').ChildProcess>} */
const working = new Set();

/** Ends the commands that are still at work. */
export const endChildren = () => working.forEach((child) => child.kill('SIGTERM'));

/** A tenth of what whoever does not wait gets of a busy processor. */
const later = 10;

/** @typedef {{code: number, output: string}} Finished */

/**
 * Runs a command in the root folder and keeps what it says.
 * @param {string} file
 * @param {string[]} args
 * @param {{env?: Record<string, string | undefined>, live?: boolean, patient?: boolean}} [options] live: also show it while it runs;
 *   patient: others go first
 * @returns {Promise<Finished>}
 */
export function run(file, args, { env = {}, live = false, patient = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    working.add(child);
    if (patient && child.pid !== undefined) setPriority(child.pid, later);
    let output = '';
    const keep = (chunk) => {
      output += String(chunk);
      if (live) process.stdout.write(chunk);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code, signal) => {
      working.delete(child);
      if (live && output !== '' && !output.endsWith('\n')) process.stdout.write('\n');
      resolve({ code: code ?? (signal ? 1 : 0), output });
    });
  });
}

/**
 * Runs a command that has nothing to say unless it fails.
 * @param {string} file
 * @param {string[]} args
 * @param {Record<string, string | undefined>} [env]
 */
export async function runQuietly(file, args, env) {
  const { code, output } = await run(file, args, { env });
  if (code !== 0) throw new PlainError(`"${[file, ...args].join(' ')}" failed with code ${code}:\n${output.trim()}`);
}
