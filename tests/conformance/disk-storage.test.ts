import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DiskRecordingStorage } from '../../server/adapters/storage/disk/disk-recording-storage.ts';
import { storageConformance } from './storage-suite.ts';

storageConformance('disk', (folder) => Promise.resolve({ storage: new DiskRecordingStorage(folder), close: () => Promise.resolve() }));

it('says what keeps a folder from being written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zagon-storage-'));
  await writeFile(join(folder, 'a-file'), '');
  const broken = new DiskRecordingStorage(join(folder, 'a-file', 'recordings'));
  expect(await broken.health()).toMatchObject({ ok: false, freeBytes: null });
  await rm(folder, { recursive: true });
});
