import { RecordingNotStored } from '../ports/recording-storage.ts';
import type { RecordingFile } from '../ports/reads/recordings.ts';
import type { StoredRecordingRow } from '../ports/stores/recordings.ts';
import { announceRecording } from './announce-recording.ts';
import type { RecordingContext } from './recording-context.ts';

const dayMillis = 24 * 3_600_000;
const checkedAtOnce = 50;

/**
 * Looks whether the files that rows name are still there and as long as they were: each about once a day, a few at a time. One that
 * is gone is missing from then on, and ready again when it is found again (a disk that was away).
 */
export async function checkFiles(app: RecordingContext): Promise<void> {
  const now = app.clock.now();
  const due = await app.reads.recordings.filesToCheck(new Date(now.getTime() - dayMillis), checkedAtOnce);
  // A storage that is away as a whole has an alarm of its own, and nothing is lost yet.
  if (due.length === 0 || !(await app.recordingStorage.health()).ok) return;
  for (const { id, storageKey, sizeBytes } of due) await writeDown(app, id, storageKey, await isWhole(app, storageKey, sizeBytes));
}

async function isWhole(app: RecordingContext, storageKey: string, sizeBytes: RecordingFile['sizeBytes']): Promise<boolean> {
  try {
    const opened = await app.recordingStorage.open(storageKey, { start: 0, end: 0 });
    opened.stream.destroy();
    return opened.sizeBytes === sizeBytes;
  } catch (error) {
    if (error instanceof RecordingNotStored) return false;
    throw error;
  }
}

async function writeDown(app: RecordingContext, recordingId: number, storageKey: string, isThere: boolean): Promise<void> {
  const changed = await app.unitOfWork.run(async (stores) => {
    const row = await stores.recordings.lock(recordingId);
    if (row?.storageKey !== storageKey) return null;
    await stores.recordings.change(recordingId, { checkedAt: app.clock.now() });
    const isPlayable = row.status === 'ready' || row.status === 'partial';
    if (isThere === isPlayable || (row.status !== 'missing' && !isPlayable)) return null;
    const status = isThere ? playableStatus(row) : ('missing' as const);
    await stores.recordings.change(recordingId, {
      status,
      missingReason: isThere ? null : 'fileGone',
      ...(isThere ? {} : { sourcePartial: row.status === 'partial', lossAcceptedAt: null }),
    });
    await announceRecording(stores, row, status);
    return { callId: row.callId, status };
  });
  if (changed?.status === 'missing') app.log.error(changed, 'the file of a recording is not where it should be');
  else if (changed) app.log.info(changed, 'the file of a recording is there again');
}

/** Whether it was a part is kept beside it while it is away. */
const playableStatus = (row: StoredRecordingRow): 'ready' | 'partial' => (row.sourcePartial ? 'partial' : 'ready');
