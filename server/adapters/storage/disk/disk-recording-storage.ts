import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, constants, copyFile, mkdir, open, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import {
  RecordingNotStored,
  type OpenedRecording,
  type RecordingStorage,
  type StorageHealth,
  type StoredRecording,
} from '../../../app/ports/recording-storage.ts';
import { checkStorageKey, isStorageKey, newClipKey, newStorageKey, shardOf } from '../storage-key.ts';

/** About two hours of a small department's calls; less than that is an alarm. */
const leastFreeBytes = 512 * 1024 * 1024;

async function checksum(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

async function makeDurable(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

/** Recordings as files in one folder of this machine. */
export class DiskRecordingStorage implements RecordingStorage {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  put(callId: number, filePath: string): Promise<StoredRecording> {
    // Copied, not renamed: the carrier's folder may lie on another disk, and the source stays until the key is written down.
    const write = (copyPath: string): Promise<void> => copyFile(filePath, copyPath);
    return this.#keep(newStorageKey(callId, filePath), { write, checksum: () => checksum(filePath) });
  }

  putClip(wav: Uint8Array): Promise<StoredRecording> {
    const digest = createHash('sha256').update(wav).digest('hex');
    return this.#keep(newClipKey(), { write: (copyPath) => writeFile(copyPath, wav), checksum: () => Promise.resolve(digest) });
  }

  async #keep(
    storageKey: string,
    source: { write: (copyPath: string) => Promise<void>; checksum: () => Promise<string> },
  ): Promise<StoredRecording> {
    const finalPath = this.#pathOf(storageKey);
    const copyPath = `${finalPath}.part`;
    await mkdir(dirname(finalPath), { recursive: true });
    try {
      await source.write(copyPath);
      await makeDurable(copyPath);
      const [sha256, copied] = [await source.checksum(), await checksum(copyPath)];
      if (sha256 !== copied) throw new Error('the stored copy differs from the recording');
      const { size: sizeBytes } = await stat(copyPath);
      await rename(copyPath, finalPath);
      await makeDurable(dirname(finalPath));
      return { storageKey, sizeBytes, sha256 };
    } catch (error) {
      await rm(copyPath, { force: true });
      throw error;
    }
  }

  async keysOf(callId: number): Promise<string[]> {
    const shard = shardOf(callId);
    const names = await readdir(join(this.#folder, shard)).catch((error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    });
    return names
      .filter((name) => name.startsWith(`${callId}-`))
      .map((name) => `${shard}/${name}`)
      .filter(isStorageKey);
  }

  async open(storageKey: string, range?: { start: number; end: number }): Promise<OpenedRecording> {
    const path = this.#pathOf(storageKey);
    const sizeBytes = await this.#sizeOf(path);
    return { stream: createReadStream(path, range ?? {}), sizeBytes };
  }

  async remove(storageKey: string): Promise<void> {
    await rm(this.#pathOf(storageKey), { force: true });
  }

  async health(): Promise<StorageHealth> {
    try {
      await mkdir(this.#folder, { recursive: true });
      await access(this.#folder, constants.W_OK);
      const { bavail, bsize } = await statfs(this.#folder);
      const freeBytes = bavail * bsize;
      const ok = freeBytes >= leastFreeBytes;
      return { ok, freeBytes, detail: ok ? `recordings on disk in ${this.#folder}` : 'less than 512 MB free for recordings' };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return { ok: false, freeBytes: null, detail: `recordings cannot be written: ${reason}` };
    }
  }

  #pathOf(storageKey: string): string {
    checkStorageKey(storageKey);
    return join(this.#folder, storageKey);
  }

  async #sizeOf(path: string): Promise<number> {
    try {
      return (await stat(path)).size;
    } catch (error) {
      if (isMissing(error)) throw new RecordingNotStored('nothing is stored under this key');
      throw error;
    }
  }
}
