import { bucketsFor, packPeaks } from '../../core/audio/packed-peaks.ts';
import { UnreadableWav } from '../../core/audio/wav.ts';
import type { KeptSound } from '../ports/recording-sound.ts';
import type { RecordingChange, StoredRecordingRow } from '../ports/stores/recordings.ts';
import { announceRecording } from './announce-recording.ts';
import type { RecordingContext } from './recording-context.ts';

/** A file so much shorter than the carrier announced has lost a part. */
const toleratedLossSeconds = 1;

/**
 * The job `recording.store`: compresses the carrier's file and measures it, puts it into our storage, writes it down and only then
 * throws the carrier's file away. Killed at any step it is done again from the row; done twice it changes nothing.
 */
export async function storeRecording(app: RecordingContext, callId: number): Promise<void> {
  const row = await app.unitOfWork.run((stores) => stores.recordings.lockOrCreate(callId, app.clock.now()));
  if (row === null) return;
  if (row.status === 'pending' && row.sourcePath !== null) await fetchUnlessDone(app, row, row.sourcePath);
  await cleanUp(app, callId);
}

/** Two workers may hold one recording: the quicker one throws away the source and the slower one's copy under its hands. */
async function fetchUnlessDone(app: RecordingContext, row: StoredRecordingRow, sourcePath: string): Promise<void> {
  try {
    await fetchFrom(app, row, sourcePath);
  } catch (error) {
    const current = await app.unitOfWork.run((stores) => stores.recordings.lock(row.id));
    if (current?.status === 'pending') throw error;
    app.log.info({ callId: row.callId, err: error }, 'another worker stored the recording first');
  }
}

async function fetchFrom(app: RecordingContext, row: StoredRecordingRow, sourcePath: string): Promise<void> {
  const kept = await compressed(app, sourcePath, row.durationSeconds ?? 0);
  const change = kept === null ? unreadable : await putAway(app, row, kept);
  await app.unitOfWork.run(async (stores) => {
    const current = await stores.recordings.lock(row.id);
    // Another worker may have been quicker, or somebody has erased it meanwhile: then this copy is cleaned up below.
    if (current?.status !== 'pending') return;
    await stores.recordings.change(row.id, change);
    await announceRecording(stores, current, change.status === 'partial' || change.status === 'missing' ? change.status : 'ready');
  });
  app.log.info({ callId: row.callId, status: change.status }, 'recording stored');
}

const unreadable: RecordingChange = { status: 'missing', missingReason: 'unreadable' };

async function putAway(app: RecordingContext, row: StoredRecordingRow, kept: KeptSound): Promise<RecordingChange> {
  try {
    const { durationSeconds, channels } = kept.peaks;
    const isShort = durationSeconds < (row.durationSeconds ?? 0) - toleratedLossSeconds;
    return {
      ...(await app.recordingStorage.put(row.callId, kept.filePath)),
      mimeType: kept.mimeType,
      status: row.sourcePartial || isShort ? 'partial' : 'ready',
      durationSeconds,
      peaks: packPeaks(channels),
      readyAt: app.clock.now(),
    };
  } finally {
    await kept.discard();
  }
}

/** Null when the file is no sound that we can read. */
async function compressed(app: RecordingContext, sourcePath: string, announcedSeconds: number): Promise<KeptSound | null> {
  try {
    return await app.recordingSound.compress(sourcePath, bucketsFor(announcedSeconds));
  } catch (error) {
    if (error instanceof UnreadableWav) return null;
    throw error;
  }
}

/**
 * Removes every copy that the row does not name, then the carrier's file. A missing recording keeps the carrier's file:
 * it may be all that is left of the conversation.
 */
export async function cleanUp(app: RecordingContext, callId: number): Promise<void> {
  const row = await app.unitOfWork.run((stores) => stores.recordings.lockOrCreate(callId, app.clock.now()));
  if (row === null || row.status === 'pending') return;
  const kept = row.status === 'erased' ? null : row.storageKey;
  for (const key of await app.recordingStorage.keysOf(callId)) if (key !== kept) await app.recordingStorage.remove(key);
  if (row.status === 'missing') return;
  if (row.sourcePath !== null) await app.carrierFiles.discard(row.sourcePath);
  await app.unitOfWork.run((stores) =>
    stores.recordings.change(row.id, { sourcePath: null, ...(row.status === 'erased' ? { storageKey: null } : {}) }),
  );
}
