import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { SandboxTelephony } from '../../server/adapters/telephony/sandbox/sandbox-telephony.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { readStereo } from '../support/wav-file.ts';

it('a carrier killed in mid-call leaves a partial recording that the next start offers', async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), 'tel-killed-'));
  const growing = join(dataFolder, 'sandbox', 'call-5.growing');
  const sandbox = spawn(process.execPath, ['--import', 'tsx', 'tests/support/sandbox-process.ts', dataFolder, '5']);
  await once(sandbox.stdout, 'data');
  await expect.poll(async () => (await stat(growing)).size, patience).toBeGreaterThan(60_000);
  sandbox.kill('SIGKILL');
  await once(sandbox, 'exit');

  const notebook = new CarrierNotebook();
  const telephony = new SandboxTelephony({
    dataFolder,
    audioFolder: 'server/adapters/telephony/sandbox/audio',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  await telephony.start(notebook);
  expect(await telephony.lookUp(5)).toMatchObject({ kind: 'ended', cause: 'providerError' });
  const recording = notebook.recordingOf(5);
  if (recording?.kind !== 'ready') throw new Error('nothing was recovered');
  expect(recording.partial).toBe(true);
  expect((await readStereo(recording.filePath)).seconds).toBeGreaterThan(1.8);
  await telephony.stop({ endCalls: true, graceSeconds: 0 });
  await rm(dataFolder, { recursive: true, force: true });
});
