import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RecordingNotStored, type RecordingStorage } from '../../server/app/ports/recording-storage.ts';
import { pcm16WavHeader } from '../../server/core/audio/wav.ts';

export interface StorageUnderTest {
  storage: RecordingStorage;
  close: () => Promise<void>;
}

/**
 * What every storage of recordings must do, wherever it keeps them.
 * @param create gets an empty folder of its own
 */
export function storageConformance(name: string, create: (folder: string) => Promise<StorageUnderTest>): void {
  describe(`storage: ${name}`, () => {
    let folder: string;
    let storage: RecordingStorage;
    let close: () => Promise<void>;

    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'zagon-storage-'));
      ({ storage, close } = await create(join(folder, 'recordings')));
    });
    afterEach(async () => {
      await close();
      await rm(folder, { recursive: true, force: true });
    });

    /** Two seconds: the left channel loud in the first, the right in the second. */
    async function recording(): Promise<{ path: string; bytes: Buffer }> {
      const samples = Buffer.alloc(2 * 8000 * 4);
      for (let frame = 0; frame < 16_000; frame += 1) {
        const channel = frame < 8000 ? 0 : 1;
        samples.writeInt16LE(frame % 2 === 0 ? 25_600 : -25_600, frame * 4 + channel * 2);
      }
      const bytes = Buffer.concat([pcm16WavHeader(2, 8000, samples.length), samples]);
      const path = join(folder, 'from-carrier.wav');
      await writeFile(path, bytes);
      return { path, bytes };
    }

    it('stores a whole copy and leaves the source until it is written down', async () => {
      const { path, bytes } = await recording();
      const stored = await storage.put(42, path);
      expect(stored.sizeBytes).toBe(bytes.length);
      expect(stored.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      expect((await stat(path)).size).toBe(bytes.length);
      const opened = await storage.open(stored.storageKey);
      expect(opened.sizeBytes).toBe(bytes.length);
      expect((await buffer(opened.stream)).equals(bytes)).toBe(true);
    });

    it('finds every copy of a call, and of no other', async () => {
      const { path } = await recording();
      expect(await storage.keysOf(42)).toEqual([]);
      const keys = [await storage.put(42, path), await storage.put(42, path)].map((stored) => stored.storageKey);
      await storage.put(1042, path);
      expect((await storage.keysOf(42)).sort()).toEqual(keys.sort());
    });

    it('keeps a clip, which is among no call’s copies, until it is erased', async () => {
      const { bytes } = await recording();
      const stored = await storage.putClip(bytes);
      expect(stored).toMatchObject({ sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') });
      expect((await buffer((await storage.open(stored.storageKey)).stream)).equals(bytes)).toBe(true);
      expect(await storage.keysOf(0)).toEqual([]);
      await storage.remove(stored.storageKey);
      await expect(storage.open(stored.storageKey)).rejects.toThrow(RecordingNotStored);
    });

    it('gives ranges with both ends included', async () => {
      const { path, bytes } = await recording();
      const { storageKey } = await storage.put(42, path);
      const opened = await storage.open(storageKey, { start: 100, end: 199 });
      expect((await buffer(opened.stream)).equals(bytes.subarray(100, 200))).toBe(true);
    });

    it.each(['../../etc/passwd', '/etc/passwd', '042/42-x.wav', '..%2f', '042/..\0', ''])('refuses the key %j', async (key) => {
      await expect(storage.open(key)).rejects.toThrow(RecordingNotStored);
      await expect(storage.remove(key)).rejects.toThrow(RecordingNotStored);
    });

    it('erases, and does not mind erasing again', async () => {
      const { path } = await recording();
      const { storageKey } = await storage.put(42, path);
      await storage.remove(storageKey);
      await storage.remove(storageKey);
      await expect(storage.open(storageKey)).rejects.toThrow(RecordingNotStored);
    });

    it('stores nothing when the source cannot be read', async () => {
      await expect(storage.put(7, join(folder, 'absent.wav'))).rejects.toThrow('ENOENT');
      expect(await storage.keysOf(7)).toEqual([]);
    });

    it('is healthy while it can be used', async () => {
      expect(await storage.health()).toMatchObject({ ok: true });
    });
  });
}
