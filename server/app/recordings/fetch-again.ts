import type { Actor } from '../actor.ts';
import { conflict, notFound } from '../problem.ts';
import type { RecordingContext } from './recording-context.ts';

/**
 * Gives a missing recording another chance from the carrier's file that was kept; the job that stores it judges it anew.
 * @throws Refused 404, 409 `notMissing`, `sourceGone`
 */
export async function fetchAgain(app: RecordingContext, actor: Actor, recordingId: number): Promise<void> {
  const seen = await app.unitOfWork.run((stores) => stores.recordings.lock(recordingId));
  if (seen === null) throw notFound('recording');
  // The disk is asked outside the transaction; the row is read again under its lock below.
  const isKept = seen.sourcePath !== null && (await app.carrierFiles.exists(seen.sourcePath));
  await app.unitOfWork.run(async (stores) => {
    const row = await stores.recordings.lock(recordingId);
    if (row?.status !== 'missing') throw conflict('notMissing', 'this recording is not missing');
    if (!isKept || row.sourcePath !== seen.sourcePath) throw conflict('sourceGone', "the carrier's file is no longer there");
    await stores.recordings.change(row.id, { status: 'pending', missingReason: null, lossAcceptedAt: null });
    await stores.outbox.enqueue({ name: 'recording.store', payload: { callId: row.callId } });
    await stores.audit.write({
      userId: actor.id,
      action: 'recording.fetchAgain',
      entity: 'recording',
      entityId: row.id,
      details: { callId: row.callId },
    });
  });
}
