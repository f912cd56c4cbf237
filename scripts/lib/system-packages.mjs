import { spawnSync } from 'node:child_process';
import { run } from './run.mjs';

/** What the tests use beside npm: program to look for → Debian package. */
const TOOLS = {
  'chromium-headless-shell': 'chromium-headless-shell',
  'redis-server': 'redis-server',
  janus: 'janus',
  sipp: 'sip-tester',
  baresip: 'baresip-core',
};

const has = (program) => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/**
 * Installs missing programs when we may.
 * @returns {Promise<string[]>} a sentence for each program that is still missing
 */
export async function installTools() {
  const missing = Object.entries(TOOLS).filter(([program]) => !has(program));
  if (missing.length === 0) return [];
  if (process.getuid?.() === 0 && has('apt-get')) {
    const packages = missing.map(([, name]) => name);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-q'], { env, live: true });
    await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env, live: true });
  }
  return missing
    .filter(([program]) => !has(program))
    .map(([program, name]) => `${program} is missing: apt-get install ${name} (needs root)`);
}
