import type { Actor } from '../actor.ts';
import { conflict, notFound } from '../problem.ts';
import { announceAlarm, readLedgerAlarm } from './ledger-alarm.ts';
import type { RecordingContext } from './recording-context.ts';

/**
 * Takes note that a missing recording will not come: the ledger's alarm is over for it. Should it come after all, it is stored.
 * @throws Refused 404, 409 `notMissing`
 */
export async function acceptLoss(app: RecordingContext, actor: Actor, recordingId: number): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    const row = await stores.recordings.lock(recordingId);
    if (row === null) throw notFound('recording');
    if (row.status !== 'missing') throw conflict('notMissing', 'this recording is not missing');
    await stores.recordings.change(row.id, { lossAcceptedAt: app.clock.now() });
    await stores.audit.write({
      userId: actor.id,
      action: 'recording.acceptLoss',
      entity: 'recording',
      entityId: row.id,
      details: { callId: row.callId },
    });
  });
  await announceAlarm(app, await readLedgerAlarm(app));
}
