import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  NoSuchKey,
  paginateListObjectsV2,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  RecordingNotStored,
  type OpenedRecording,
  type RecordingStorage,
  type StorageHealth,
  type StoredRecording,
} from '../../../app/ports/recording-storage.ts';
import { checkStorageKey, isStorageKey, keyPrefixOf, newClipKey, newStorageKey } from '../storage-key.ts';

export interface S3Options {
  /** Undefined for AWS itself. */
  endpoint: string | undefined;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
}

async function checksum(bytes: Readable): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(bytes, hash);
  return hash.digest('hex');
}

/** The size of the whole object, from "bytes 0-99/64044" of a part or from the length of the whole. */
function wholeSize(contentRange: string | undefined, contentLength: number | undefined): number {
  const size = contentRange === undefined ? contentLength : Number(contentRange.split('/')[1]);
  if (size === undefined || !Number.isSafeInteger(size)) throw new Error('the store does not say how long the recording is');
  return size;
}

/** Recordings as objects of one bucket of S3 or of a store that speaks its language. */
export class S3RecordingStorage implements RecordingStorage {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(options: S3Options) {
    const { endpoint, region, accessKeyId, secretAccessKey } = options;
    this.#bucket = options.bucket;
    this.#client = new S3Client({
      region,
      credentials: { accessKeyId, secretAccessKey },
      // Stores beside AWS rarely have a name of its own for each bucket, nor know the newer checksums unasked.
      ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true, requestChecksumCalculation: 'WHEN_REQUIRED' as const }),
    });
  }

  async put(callId: number, filePath: string): Promise<StoredRecording> {
    const { size: sizeBytes } = await stat(filePath);
    const sha256 = await checksum(createReadStream(filePath));
    return this.#keep({ storageKey: newStorageKey(callId, filePath), sizeBytes, sha256 }, createReadStream(filePath));
  }

  putClip(wav: Uint8Array): Promise<StoredRecording> {
    const sha256 = createHash('sha256').update(wav).digest('hex');
    return this.#keep({ storageKey: newClipKey(), sizeBytes: wav.byteLength, sha256 }, wav);
  }

  async #keep(kept: StoredRecording, Body: Readable | Uint8Array): Promise<StoredRecording> {
    const { storageKey, sizeBytes, sha256 } = kept;
    const ContentType = storageKey.endsWith('.ogg') ? 'audio/ogg' : 'audio/wav';
    await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: storageKey, Body, ContentLength: sizeBytes, ContentType }));
    const { stream } = await this.open(storageKey);
    // A copy that differs is left to the one who tries again: `keysOf` finds it.
    if ((await checksum(stream)) !== sha256) throw new Error('the stored copy differs from the recording');
    return kept;
  }

  async keysOf(callId: number): Promise<string[]> {
    const pages = paginateListObjectsV2({ client: this.#client }, { Bucket: this.#bucket, Prefix: keyPrefixOf(callId) });
    const keys: string[] = [];
    for await (const page of pages) keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    return keys.filter(isStorageKey);
  }

  async open(storageKey: string, range?: { start: number; end: number }): Promise<OpenedRecording> {
    checkStorageKey(storageKey);
    try {
      const Range = range && `bytes=${range.start}-${range.end}`;
      const answer = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: storageKey, Range }));
      if (!(answer.Body instanceof Readable)) throw new Error('the store sent no bytes');
      return { stream: answer.Body, sizeBytes: wholeSize(answer.ContentRange, answer.ContentLength) };
    } catch (error) {
      if (error instanceof NoSuchKey) throw new RecordingNotStored('nothing is stored under this key');
      throw error;
    }
  }

  async remove(storageKey: string): Promise<void> {
    checkStorageKey(storageKey);
    await this.#client.send(new DeleteObjectCommand({ Bucket: this.#bucket, Key: storageKey }));
  }

  async health(): Promise<StorageHealth> {
    try {
      await this.#client.send(new HeadBucketCommand({ Bucket: this.#bucket }));
      return { ok: true, freeBytes: null, detail: `recordings in the bucket ${this.#bucket}` };
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      return { ok: false, freeBytes: null, detail: `the bucket ${this.#bucket} cannot be used: ${reason}` };
    }
  }
}
