import type { Readable } from 'node:stream';

export interface StoredRecording {
  /** Made by the storage; says nothing of people. */
  storageKey: string;
  sizeBytes: number;
  /** Hex digest of the whole file. */
  sha256: string;
}

export interface OpenedRecording {
  /** The bytes asked for. */
  stream: Readable;
  /** Of the whole file. */
  sizeBytes: number;
}

export interface StorageHealth {
  ok: boolean;
  /** For people: what is wrong, or where recordings lie. */
  detail: string;
  /** Null where the storage has no notion of it. */
  freeBytes: number | null;
}

/** Nothing is stored under this key, or it is not a key that the storage made. */
export class RecordingNotStored extends Error {
  override name = 'RecordingNotStored';
}

/** Where recordings, and the clips that we play, live once they are ours. */
export interface RecordingStorage {
  /**
   * Stores a copy. Done only when it is durable and was read back with the checksum of the source; the source stays
   * until the caller has written the key down (CarrierFiles.discard). Putting the same call again replaces nothing:
   * it gets a key of its own.
   */
  put(callId: number, filePath: string): Promise<StoredRecording>;
  /** Stores a spoken clip, which belongs to no call; durable and read back like a recording. */
  putClip(wav: Uint8Array): Promise<StoredRecording>;
  /** Every copy stored for a call; one that a killed process stored and never wrote down is among them. */
  keysOf(callId: number): Promise<string[]>;
  /** Bytes `start` to `end`, both included, as HTTP ranges count. Throws RecordingNotStored. */
  open(storageKey: string, range?: { start: number; end: number }): Promise<OpenedRecording>;
  /** Erases it; what is not there is erased already. */
  remove(storageKey: string): Promise<void>;
  health(): Promise<StorageHealth>;
}
