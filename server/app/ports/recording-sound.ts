import type { Readable } from 'node:stream';

/** How recordings are kept: a compressed one of ours, or what a carrier sent as it was. */
export const keptTypes = { opus: 'audio/ogg', wav: 'audio/wav' } as const;
export type KeptType = (typeof keptTypes)[keyof typeof keptTypes];

/** Lowest and highest sample of each bucket, -128..127: one entry a channel, left (rep) first. */
export interface RecordingPeaks {
  durationSeconds: number;
  channels: readonly { minimum: Int8Array; maximum: Int8Array }[];
}

/** A carrier's recording made ready to be kept. */
export interface KeptSound {
  /** The file to be stored: a new one, or the carrier's own where its rate cannot be compressed. */
  filePath: string;
  mimeType: KeptType;
  peaks: RecordingPeaks;
  /** Throws the new file away; the carrier's own is left. */
  discard(): Promise<void>;
}

/** A stored recording, from its first byte to its last. */
export interface StoredSound {
  mimeType: string;
  stream: Readable;
  /** Of the whole file. */
  sizeBytes: number;
}

/** What turns sound into the form in which it is kept, and back. */
export interface RecordingSound {
  /**
   * Compresses a carrier's WAV (left the rep, right the prospect). Done only when the new file was read back and is as long as the WAV.
   * Throws UnreadableWav.
   */
  compress(wavPath: string, bucketCount: number): Promise<KeptSound>;
  /** The waveform of a stored one in `bucketCount` buckets. Throws UnreadableWav. */
  peaks(stored: StoredSound, bucketCount: number): Promise<RecordingPeaks>;
  /** The whole as WAV (PCM 16 bit), for programs that read nothing else. Throws UnreadableWav. */
  toWav(stored: StoredSound): Promise<{ sizeBytes: number; stream: Readable }>;
}
