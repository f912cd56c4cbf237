import type { RecordingCard, RecordingLedger, RecordingQuery, RecordingRow, RecordingStatus } from '../../../contract/http/recordings.ts';
import type { Scope } from './scope.ts';

export interface RecordingPage extends Omit<RecordingQuery, 'cursor'> {
  scope: Scope;
  after: { intentAt: Date; id: number } | undefined;
}

/** What playing needs to know. */
export interface RecordingFile {
  id: number;
  callId: number;
  status: RecordingStatus;
  storageKey: string | null;
  mimeType: string;
  sizeBytes: number | null;
  sha256: string | null;
  durationSeconds: number | null;
  peaks: Uint8Array | null;
}

export interface RecordingReads {
  /** One more than `limit`, newest call first. */
  page(page: RecordingPage): Promise<RecordingRow[]>;
  card(recordingId: number, scope: Scope): Promise<RecordingCard | null>;
  file(recordingId: number, scope: Scope): Promise<RecordingFile | null>;
  ledger(from: string, to: string): Promise<RecordingLedger>;

  /** Calls whose carrier's file still has to be stored or thrown away, or whose erased file may still lie in the storage. */
  unfinished(createdBefore: Date, limit: number): Promise<{ callId: number; pending: boolean; sourcePath: string | null }[]>;
  /** Answered calls that ended in this time and have no recording at all. */
  callsWithoutRecording(endedFrom: Date, endedUntil: Date, limit: number): Promise<number[]>;
  /** Recordings of calls before this instant that still have a file. */
  expired(calledBefore: Date, limit: number): Promise<number[]>;
}
