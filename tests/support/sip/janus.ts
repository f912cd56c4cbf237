import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { janusConfig } from '../../../scripts/lib/janus-config.mjs';
import { patience } from '../patience.ts';
import { freePorts } from '../ports.ts';
import { until } from './until.ts';

/** Of 127.0.0.1, with its key, for tests alone. */
export const testCertificate = path.resolve('tests/support/sip/certificate.pem');

export const janusSecret = 'a-secret-of-tests';

export interface TestJanus {
  url: string;
  pid: number;
  stop(): Promise<void>;
  /** Ends it without warning, as a crash would. */
  kill(): Promise<void>;
  /** Another one where this one was. */
  startAgain(): Promise<TestJanus>;
}

const has = (program: string, flag: string): boolean => spawnSync(program, [flag]).error === undefined;

/** Whether this machine can carry SIP calls; `npm test` as root installs what is needed. */
export const hasSip = has('janus', '--version') && has('sipp', '-v');

/** Starts a real Janus with the configuration that we ship, on loopback; on the ports of one that has ended, when they are given. */
export async function startJanus(ports?: number): Promise<TestJanus> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zagon-janus-'));
  const base = ports ?? (await freePorts(202));
  const controlPort = base + 200;
  const files = janusConfig({
    folder,
    secret: janusSecret,
    controlIp: '127.0.0.1',
    controlPort,
    mediaIp: '127.0.0.1',
    rtcPorts: [base, base + 99],
    rtpPorts: [base + 100, base + 199],
    answerSeconds: 2,
    certificates: folder,
  });
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
  for (const name of ['agent.pem', 'cafile.pem']) await copyFile(testCertificate, path.join(folder, name));
  const child = spawn('janus', ['-F', folder], { stdio: 'ignore' });
  const exited = once(child, 'exit');
  await listens(controlPort, child);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await exited;
    await rm(folder, { recursive: true, force: true });
  };
  return {
    url: `ws://127.0.0.1:${controlPort}`,
    pid: child.pid ?? 0,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    startAgain: () => startJanus(base),
  };
}

/** Resolves when somebody listens there. */
async function listens(port: number, child: ChildProcess): Promise<void> {
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`Janus ended with ${child.exitCode}`);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect').finally(() => socket.destroy());
  }, patience.timeout);
}
