import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decodeALawSample } from '../../../server/core/audio/a-law.ts';
import { decodeMuLaw, encodeMuLaw } from '../../../server/core/audio/mu-law.ts';
import { toneSamples } from '../../../server/core/audio/tones.ts';
import { readWavLayout } from '../../../server/core/audio/wav.ts';
import { patience } from '../patience.ts';
import { freePorts } from '../ports.ts';
import { carrierScenario } from './scenario.ts';
import { until } from './until.ts';

const clips = 'server/adapters/telephony/sandbox/audio';
const sampleRate = 8000;

export interface TestCarrier {
  /** host:port for a trunk. */
  host: string;
  /** Every SIP message that passed, as sipp wrote them down. */
  messages(): Promise<string>;
  stop(): Promise<void>;
}

/** The carrier of tests: sipp with a scenario, which speaks SIP and RTP as any trunk does. */
export async function startCarrier(): Promise<TestCarrier> {
  const folder = await mkdtemp(path.join(tmpdir(), 'zagon-sipp-'));
  await makeSounds(folder);
  const scenario = path.join(folder, 'carrier.xml');
  await writeFile(scenario, carrierScenario(folder));
  const mediaPort = await freePorts(22);
  const port = mediaPort + 20;
  const messageFile = path.join(folder, 'messages.log');
  const flags = ['-sf', scenario, '-i', '127.0.0.1', '-mi', '127.0.0.1', '-p', String(port), '-mp', String(mediaPort), '-nostdin'];
  const child = spawn('sipp', [...flags, '-trace_msg', '-message_file', messageFile, '-message_overwrite', 'true'], {
    stdio: 'ignore',
    env: { ...process.env, TERM: 'dumb' },
  });
  const exited = once(child, 'exit');
  await until(() => expectTaken(port), patience.timeout);
  return {
    host: `127.0.0.1:${port}`,
    messages: () => readFile(messageFile, 'utf8').catch(() => ''),
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Rejects while nobody has the UDP port. The kernel's list is read: to try the port would take it from who is about to bind it. */
async function expectTaken(port: number): Promise<void> {
  const wanted = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = await readFile('/proc/net/udp', 'utf8');
  if (!sockets.includes(` ${wanted} `)) throw new Error(`nobody listens on ${port}`);
}

export const quiet = (seconds: number): Int16Array => new Int16Array(seconds * sampleRate);

/** A person's words, a machine's, a tone and silence, as raw G.711. */
async function makeSounds(folder: string): Promise<void> {
  const tone = toneSamples([{ frequenciesHertz: [440], milliseconds: 1000 }], 0, 2 * sampleRate, { sampleRate, amplitude: 0.4 });
  const sounds: Record<string, readonly Int16Array[]> = {
    talks: [await clip('marina-greeting-1'), quiet(1.2)],
    machine: [await clip('machine-greeting-1'), await clip('machine-menu-1'), quiet(2)],
    silent: [quiet(2)],
    tone: [tone],
  };
  for (const [name, parts] of Object.entries(sounds))
    await writeFile(path.join(folder, `${name}.ul`), Buffer.concat(parts.map((part) => encodeMuLaw(part))));
  await writeFile(path.join(folder, 'tone.al'), Uint8Array.from(tone, nearestALaw));
}

/** One of the sandbox's spoken clips. */
export async function clip(name: string): Promise<Int16Array> {
  const file = await readFile(path.join(clips, `${name}.wav`));
  const { dataOffset, dataBytes } = readWavLayout(file);
  return decodeMuLaw(file.subarray(dataOffset, dataOffset + dataBytes));
}

const aLaw = Array.from({ length: 256 }, (_, byte) => byte).sort((one, other) => decodeALawSample(one) - decodeALawSample(other));

/** The byte whose sample is the first not below this one. */
const nearestALaw = (sample: number): number => aLaw.find((byte) => decodeALawSample(byte) >= sample) ?? 0xaa;
