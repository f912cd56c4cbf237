import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { expect, it } from 'vitest';
import { S3RecordingStorage } from '../../server/adapters/storage/s3/s3-recording-storage.ts';
import { storageConformance } from './storage-suite.ts';

/** The key pair that the store of the tests knows. */
const account = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

async function startStore(folder: string): Promise<{ store: S3rver; endpoint: string }> {
  await mkdir(folder, { recursive: true });
  const store = new S3rver({
    address: '127.0.0.1',
    port: 0,
    silent: true,
    directory: folder,
    configureBuckets: [{ name: 'recordings', configs: [] }],
  });
  const { port } = await store.run();
  return { store, endpoint: `http://127.0.0.1:${port}` };
}

storageConformance('s3', async (folder) => {
  const { store, endpoint } = await startStore(folder);
  return {
    storage: new S3RecordingStorage({ ...account, endpoint, region: 'us-east-1', bucket: 'recordings' }),
    close: () => store.close(),
  };
});

it('says in words that the bucket is missing, the key is wrong or nobody answers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'zagon-storage-'));
  const { store, endpoint } = await startStore(folder);
  const healthOf = (more: object) =>
    new S3RecordingStorage({ ...account, endpoint, region: 'us-east-1', bucket: 'recordings', ...more }).health();
  expect(await healthOf({ bucket: 'absent' })).toMatchObject({ ok: false, detail: expect.stringContaining('absent') as string });
  expect(await healthOf({ accessKeyId: 'unknown' })).toMatchObject({ ok: false });
  await store.close();
  expect(await healthOf({})).toMatchObject({ ok: false });
  await rm(folder, { recursive: true });
});
