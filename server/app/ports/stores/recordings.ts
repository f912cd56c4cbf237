import type { RecordingComment, RecordingStatus, Scorecard, Scores } from '../../../contract/http/recordings.ts';

/** A recording's row as the use cases that keep it see it. */
export interface StoredRecordingRow {
  id: number;
  callId: number;
  status: RecordingStatus;
  storageKey: string | null;
  /** The carrier's file that still has to be stored or thrown away. */
  sourcePath: string | null;
  sourcePartial: boolean;
  /** As the carrier announced it while pending, as measured afterwards. */
  durationSeconds: number | null;
  repId: number;
  teamId: number | null;
}

export interface RecordingChange {
  status?: RecordingStatus;
  storageKey?: string | null;
  mimeType?: string;
  sourcePath?: string | null;
  sourcePartial?: boolean;
  durationSeconds?: number;
  sizeBytes?: number;
  sha256?: string;
  peaks?: Uint8Array | null;
  missingReason?: string | null;
  lossAcceptedAt?: Date | null;
  checkedAt?: Date;
  readyAt?: Date;
  erasedAt?: Date;
}

export interface RecordingStore {
  /** The row of a call, made pending when there is none, locked until the transaction ends; null when there is no such call. */
  lockOrCreate(callId: number, now: Date): Promise<StoredRecordingRow | null>;
  lock(recordingId: number): Promise<StoredRecordingRow | null>;
  change(recordingId: number, change: RecordingChange): Promise<void>;
  addComment(comment: { recordingId: number; authorId: number; atSecond: number; text: string; now: Date }): Promise<RecordingComment>;
  /** One card a reviewer: a second one replaces the first. */
  putScorecard(card: { recordingId: number; authorId: number; scores: Scores; note: string | null; now: Date }): Promise<Scorecard>;
  /** Writes a listen unless the same person's last one is younger than `since`; answers whether it was written. */
  logListen(recordingId: number, userId: number, now: Date, since: Date): Promise<boolean>;
}
