import type {
  LedgerAlarm,
  RecordingCard,
  RecordingLedger,
  RecordingQuery,
  RecordingRow,
  RecordingStatus,
} from '../../../contract/http/recordings.ts';
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

/** Answered calls that ended in this time should be playable by now. */
export interface OverdueRecordings {
  endedFrom: Date;
  endedBefore: Date;
}

export interface RecordingReads {
  /** One more than `limit`, newest call first. */
  page(page: RecordingPage): Promise<RecordingRow[]>;
  card(recordingId: number, scope: Scope): Promise<RecordingCard | null>;
  file(recordingId: number, scope: Scope): Promise<RecordingFile | null>;
  ledger(from: string, to: string): Promise<RecordingLedger>;
  /** How many of those calls are neither playable nor erased nor accepted as lost, and when the first of them ended. */
  overdue(which: OverdueRecordings): Promise<LedgerAlarm>;

  /** Calls whose carrier's file still has to be stored or thrown away, or whose erased file may still lie in the storage. */
  unfinished(createdBefore: Date, limit: number): Promise<{ callId: number; pending: boolean; sourcePath: string | null }[]>;
  /** Answered calls that ended in this time and have no recording at all. */
  callsWithoutRecording(endedFrom: Date, endedUntil: Date, limit: number): Promise<number[]>;
  /** Stored files that nobody looked for since this instant, those longest unseen first. */
  filesToCheck(seenBefore: Date, limit: number): Promise<{ id: number; storageKey: string; sizeBytes: number | null }[]>;
  /** Recordings of calls before this instant that still have a file. */
  expired(calledBefore: Date, limit: number): Promise<number[]>;
}
