import type { AppContext } from '../context.ts';
import type { CarrierRecording } from '../ports/telephony.ts';
import { announceRecording } from './announce-recording.ts';

/**
 * The carrier says what became of a call's recording. The row, where the carrier's file lies and the job that fetches it
 * are written in one transaction; hearing it again changes nothing that is known better already.
 */
export async function takeRecording(app: AppContext, recording: CarrierRecording): Promise<void> {
  const now = app.clock.now();
  const known = await app.unitOfWork.run(async (stores) => {
    const row = await stores.recordings.lockOrCreate(recording.callId, now);
    if (row === null) return false;
    const stored = row.status === 'ready' || row.status === 'partial' || row.status === 'erased';
    if (recording.kind === 'missing') {
      if (stored || row.status === 'missing' || row.sourcePath !== null) return true;
      await stores.recordings.change(row.id, { status: 'missing', missingReason: recording.reason });
      await announceRecording(stores, row, 'missing');
      return true;
    }
    // A file offered again after ours is written down is only thrown away; a missing one is given another chance.
    await stores.recordings.change(row.id, {
      sourcePath: recording.filePath,
      ...(stored
        ? {}
        : {
            status: 'pending',
            missingReason: null,
            lossAcceptedAt: null,
            sourcePartial: recording.partial,
            durationSeconds: recording.durationSeconds,
          }),
    });
    await stores.outbox.enqueue({ name: 'recording.store', payload: { callId: row.callId } });
    return true;
  });
  if (!known) app.log.error({ callId: recording.callId }, 'a recording of an unknown call was left where it is');
}
