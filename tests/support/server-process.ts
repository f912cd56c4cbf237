import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { isStale, make, products } from '../../scripts/lib/build.mjs';
import { inRoot, root } from '../../scripts/lib/paths.mjs';
import { vi } from 'vitest';
import { patience } from './patience.ts';
import { freePorts } from './ports.ts';

const keptLogLines = 4_000;

export interface ServerProcessOptions {
  databaseUrl: string;
  /** Settings besides those that a test server always has. */
  env?: Record<string, string>;
  /** A free one when absent. */
  port?: number;
  /** A folder of another server to start on; a new one, removed at the end, when absent. */
  dataDir?: string;
}

/** A start beside three others on two busy cores takes longer than any single step after it. */
const startPatience = { ...patience, timeout: 3 * patience.timeout };

/** Looked at once: to compare all sources takes a tenth of a second. */
let bundled: Promise<void> | undefined;

/** The real server, bundled as `npm start` runs it, as a process of its own that a test may kill. */
export class ServerProcess {
  readonly url: string;
  readonly dataDir: string;
  readonly #options: ServerProcessOptions;
  readonly #port: number;
  #child: ChildProcess | null = null;
  /** The process that a test has ended, or asked to end. */
  #ending: ChildProcess | null = null;
  #log: string[] = [];

  private constructor(options: ServerProcessOptions, port: number, dataDir: string) {
    this.#options = options;
    this.#port = port;
    this.dataDir = dataDir;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts it and waits until it answers. Bundles it first when the bundle is older than the sources. */
  static async start(options: ServerProcessOptions): Promise<ServerProcess> {
    bundled ??= isStale(products.server) ? make(products.server) : Promise.resolve();
    await bundled;
    const port = options.port ?? (await freePorts(1));
    const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'zagon-process-')));
    const server = new ServerProcess(options, port, dataDir);
    await server.startAgain();
    return server;
  }

  get pid(): number {
    const pid = this.#child?.pid;
    if (pid === undefined) throw new Error('the server does not run');
    return pid;
  }

  /** What it logged since the first start, one JSON line each. */
  get log(): readonly string[] {
    return this.#log;
  }

  /** On the same base, port and folder. */
  async startAgain(): Promise<void> {
    const child = spawn(
      process.execPath,
      // The database client's WebAssembly is compiled once, not again for a speed that pays in hours: a third of what a short life takes.
      // Nor are the maps of its sources read: the bundle keeps names and lines.
      ['--liftoff-only', '--import', inRoot('scripts/lib/end-with-parent.mjs'), inRoot('build/server/main.js')],
      { cwd: root, env: this.#environment(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => (this.#log = [...this.#log.slice(-keptLogLines), line]));
    }
    // Whoever is asked next is refused then, which alone would tell nobody why.
    child.once('close', (code, signal) => {
      if (this.#ending !== child)
        console.error(`the server ended by itself (${signal ?? `code ${code}`}):\n${this.#log.slice(-10).join('\n')}`);
    });
    await vi.waitFor(async () => {
      if (child.exitCode === null && child.signalCode === null) return (await fetch(`${this.url}/healthz`)).ok;
      return Promise.resolve(true);
    }, startPatience);
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the server did not start:\n${this.#log.slice(-10).join('\n')}`);
  }

  #environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      DATABASE_URL: this.#options.databaseUrl,
      DATA_DIR: this.dataDir,
      PORT: String(this.#port),
      PUBLIC_URL: this.url,
      SESSION_SECRET: 'a secret of more than thirty-two characters',
      DEMO: '0',
      ...this.#options.env,
    };
  }

  /** As a crash or the kernel's out-of-memory killer would: no goodbye. */
  async kill(): Promise<void> {
    await this.signal('SIGKILL');
  }

  /** Sends a signal and waits for the end; answers the exit code, null when the signal itself ended it. */
  async signal(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    const closed = once(child, 'close');
    this.#ending = child;
    child.kill(signal);
    await closed;
    return child.exitCode;
  }

  /** Ends it for good and removes its folder. */
  async end(): Promise<void> {
    await this.signal('SIGKILL');
    if (this.#options.dataDir === undefined) await rm(this.dataDir, { recursive: true, force: true });
  }
}
