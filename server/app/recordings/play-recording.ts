import type { Peaks } from '../../contract/http/recordings.ts';
import { bucketsFor, packPeaks, unpackPeaks } from '../../core/audio/packed-peaks.ts';
import type { Actor } from '../actor.ts';
import type { RecordingFile } from '../ports/reads/recordings.ts';
import { notFound } from '../problem.ts';
import { widestScope } from '../scope.ts';
import type { RecordingContext } from './recording-context.ts';

/** Ranges of one sitting are one listen. */
const sittingMillis = 10 * 60_000;

export type PlayableFile = RecordingFile & { storageKey: string };

/** The file of a recording that the actor may hear. @throws Refused 404 also for one of others, missing, pending or erased */
export async function playableFile(app: Pick<RecordingContext, 'reads'>, actor: Actor, recordingId: number): Promise<PlayableFile> {
  const file = await app.reads.recordings.file(recordingId, widestScope(actor));
  const playable = file !== null && (file.status === 'ready' || file.status === 'partial');
  if (!playable || file.storageKey === null) throw notFound('recording');
  return { ...file, storageKey: file.storageKey };
}

/** Who listened to what is logged (domain.md), beside the recording and in the admin's audit. */
export async function logListen(app: RecordingContext, actor: Actor, { id, callId }: Pick<RecordingFile, 'id' | 'callId'>): Promise<void> {
  const now = app.clock.now();
  await app.unitOfWork.run(async (stores) => {
    const isNew = await stores.recordings.logListen(id, actor.id, now, new Date(now.getTime() - sittingMillis));
    if (!isNew) return;
    await stores.audit.write({ userId: actor.id, action: 'recording.listen', entity: 'recording', entityId: id, details: { callId } });
  });
}

/** The waveform; measured and written down now when that was not done yet. */
export async function peaksOfRecording(app: RecordingContext, actor: Actor, recordingId: number): Promise<Peaks> {
  const file = await playableFile(app, actor, recordingId);
  const packed = file.peaks ?? (await measure(app, file));
  const channels = unpackPeaks(packed).map(({ minimum, maximum }) => ({ minimum: [...minimum], maximum: [...maximum] }));
  return { durationSeconds: file.durationSeconds ?? 0, channels };
}

async function measure(app: RecordingContext, file: PlayableFile): Promise<Uint8Array> {
  const { mimeType, storageKey } = file;
  const stored = { mimeType, ...(await app.recordingStorage.open(storageKey)) };
  const peaks = await app.recordingSound.peaks(stored, bucketsFor(file.durationSeconds ?? 0));
  const packed = packPeaks(peaks.channels);
  await app.unitOfWork.run((stores) => stores.recordings.change(file.id, { peaks: packed }));
  return packed;
}
