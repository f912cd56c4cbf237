import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { PlainError } from './plain-error.mjs';
import { inRoot, root } from './paths.mjs';

const PINO_ERROR = 50;
const PATIENCE_MS = 15_000;

/**
 * Starts the bundled server; its log goes to a file, what it cannot live with is kept for the terminal.
 * @param {{env: Record<string, string | undefined>, logFile: string, onProgress: (says: string) => void}} options
 */
export function startServer({ env, logFile, onProgress }) {
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', '--import', inRoot('scripts/lib/end-with-parent.mjs'), inRoot('build/server/main.js')],
    {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', ...env },
      // Its own group: Ctrl-C reaches this script alone, which then stops the parts in the right order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const log = createWriteStream(logFile, { flags: 'a' });
  let lastWords = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    log.write(`${line}\n`);
    const said = parseLine(line);
    if (said.level >= PINO_ERROR) lastWords = said.text;
    else if (said.progress) onProgress(said.text);
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.write(`${line}\n`);
    if (/^\w*Error\b.*: /.test(line)) lastWords = line;
  });
  // `close`, not `exit`: the last words may still be in the pipe when the process is gone.
  const exited = once(child, 'close').then(([code, signal]) => {
    log.end();
    return { code, why: lastWords || `the server ended with ${signal ?? `code ${code}`}` };
  });
  return {
    exited,
    kill: () => child.kill('SIGKILL'),
    stop: async () => {
      child.kill('SIGTERM');
      const inTime = await Promise.race([exited.then(() => true), delay(PATIENCE_MS, false, { ref: false })]);
      if (!inTime) child.kill('SIGKILL');
      await exited;
    },
  };
}

/**
 * @param {string} line one line of the server's log
 * @returns {{level: number, text: string, progress: boolean}}
 */
export function parseLine(line) {
  try {
    const { level = 0, msg = '', err, progress = false } = JSON.parse(line);
    return { level, text: err?.message ? `${msg}: ${err.message}` : msg, progress: progress === true };
  } catch {
    return { level: 0, text: line, progress: false };
  }
}

/**
 * Waits until the server answers.
 * @param {number} port
 * @param {Promise<{why: string}>} exited
 */
export async function healthy(port, exited) {
  let gone = '';
  void exited.then(({ why }) => (gone = why));
  for (;;) {
    if (gone) throw new PlainError(`The server could not start: ${gone}`);
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await delay(50);
  }
}
