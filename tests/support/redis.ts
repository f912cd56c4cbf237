import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePorts } from './ports.ts';

export interface TestRedis {
  url: string;
  port: number;
  stop: () => Promise<void>;
  /** Ends it without warning, as a crash would. */
  kill: () => Promise<void>;
}

/** Whether this machine can run a real Redis; `npm test` as root installs it. */
export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** Starts a real Redis on a free port (or the given one) with the settings that production asks for. */
export async function startRedis(port?: number): Promise<TestRedis> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zagon-redis-'));
  const chosen = port ?? (await freePorts(1));
  const flags = [
    '--port',
    String(chosen),
    '--bind',
    '127.0.0.1',
    '--dir',
    folder,
    '--appendonly',
    'yes',
    '--maxmemory-policy',
    'noeviction',
    '--save',
    '',
  ];
  const child = spawn('redis-server', flags, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', () => {
      reject(new Error(`redis-server did not start: ${said.slice(-400)}`));
    });
  });
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `redis://127.0.0.1:${chosen}`, port: chosen, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
