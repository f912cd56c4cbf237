import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from '../ports.ts';
import { readWavLayout } from '../../../server/core/audio/wav.ts';
import { testCertificate } from './janus.ts';

const modules = '/usr/lib/baresip/modules';

/** Whether this machine has a telephone of its own; `npm test` as root installs what is needed. */
export const hasPhone = spawnSync('baresip', ['-h']).error === undefined;

export interface TestPerson {
  /** host:port for a trunk. */
  host: string;
  /** What he heard in his calls, one after the other, at 8 kHz; whole when they are over. */
  heard(): Promise<Int16Array>;
  /** Lines of his telephone that say what it agreed upon. */
  readonly log: readonly string[];
  stop(): Promise<void>;
}

/**
 * A person with a telephone (baresip) who answers calls to this number at once and speaks a steady tone; his telephone keeps what he hears.
 * `secure`: it is reached by TLS, and its sound is encrypted.
 */
export async function startPerson(person: { e164: string; hertz: number; secure?: boolean }): Promise<TestPerson> {
  const { e164, hertz, secure = false } = person;
  const folder = await mkdtemp(path.join(tmpdir(), 'zagon-person-'));
  const media = await freePorts(52);
  // Whatever it is told, the telephone listens for TLS one above.
  const port = media + 50;
  const config = [
    `sip_listen 127.0.0.1:${port}`,
    ...(secure ? [`sip_certificate ${testCertificate}`] : []),
    'net_interface 127.0.0.1',
    `rtp_ports ${media}-${media + 49}`,
    `audio_source ausine,${hertz}`,
    'ausrc_srate 48000',
    'ausrc_channels 2',
    'audio_player aubridge,ear',
    'audio_alert aubridge,bell',
    'auplay_srate 8000',
    `snd_path ${folder}`,
    `module_path ${modules}`,
    ...['g711', 'ausine', 'aubridge', 'sndfile', 'srtp'].map((name) => `module ${name}.so`),
    ...['account', 'menu'].map((name) => `module_app ${name}.so`),
  ];
  const account = [
    `<sip:${e164}@127.0.0.1:${port}${secure ? ';transport=tls' : ''}>`,
    'regint=0',
    'answermode=auto',
    'audio_codecs=PCMU/8000/1,PCMA/8000/1',
  ];
  await writeFile(path.join(folder, 'config'), `${config.join('\n')}\n`);
  await writeFile(path.join(folder, 'accounts'), `${[...account, ...(secure ? ['mediaenc=srtp-mand'] : [])].join(';')}\n`);
  await writeFile(path.join(folder, 'contacts'), '');
  const child = spawn('baresip', ['-f', folder], { stdio: ['ignore', 'pipe', 'ignore'] });
  const exited = once(child, 'exit');
  const log: string[] = [];
  await new Promise<void>((resolve, reject) => {
    exited.then(() => reject(new Error(`baresip ended:\n${log.join('\n')}`)), reject);
    createInterface({ input: child.stdout }).on('line', (line) => {
      log.push(line);
      if (line.includes('baresip is ready')) resolve();
    });
  });
  return {
    host: `127.0.0.1:${secure ? port + 1 : port}`,
    log,
    heard: async () => {
      const names = (await readdir(folder)).filter((name) => name.endsWith('-dec.wav')).sort();
      const parts = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
      return Int16Array.from(parts.flatMap(samplesOf));
    },
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function samplesOf(file: Buffer): number[] {
  const { dataOffset, sampleRate, channels } = readWavLayout(file);
  if (sampleRate !== 8000 || channels !== 1) throw new Error('the telephone kept its sound in another form');
  return Array.from({ length: Math.floor((file.length - dataOffset) / 2) }, (_, index) => file.readInt16LE(dataOffset + index * 2));
}
