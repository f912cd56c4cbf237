import type { missingReasons } from '../../contract/http/recordings.ts';
import { announceRecording } from './announce-recording.ts';
import { checkFiles } from './check-files.ts';
import { eraseExpired } from './erase-recording.ts';
import type { RecordingContext } from './recording-context.ts';
import { cleanUp } from './store-recording.ts';

const minuteMillis = 60_000;
/** The job has so long before the sweeper takes its work for lost. */
const jobGraceMillis = 2 * minuteMillis;
/** The carrier has so long to hand a recording over after the call. */
export const arrivalMinutes = 15;
/** Older calls were settled by earlier sweeps, or came with the department's history. */
const lookBackMillis = 30 * 24 * 60 * minuteMillis;
const sweptAtOnce = 200;

/** Finds what lost jobs and lost words of the carrier left behind, and applies the retention. */
export async function sweepRecordings(app: RecordingContext): Promise<void> {
  await finishUnfinished(app);
  await admitMissing(app);
  await checkFiles(app);
  await eraseExpired(app);
}

async function finishUnfinished(app: RecordingContext): Promise<void> {
  const before = new Date(app.clock.now().getTime() - jobGraceMillis);
  for (const { callId, pending, sourcePath } of await app.reads.recordings.unfinished(before, sweptAtOnce)) {
    if (!pending) await cleanUp(app, callId);
    else if (sourcePath === null) await markMissing(app, callId, 'neverArrived');
    else if (await app.carrierFiles.exists(sourcePath))
      await app.unitOfWork.run((stores) => stores.outbox.enqueue({ name: 'recording.store', payload: { callId } }));
    else await markMissing(app, callId, 'sourceGone');
  }
}

async function admitMissing(app: RecordingContext): Promise<void> {
  const now = app.clock.now().getTime();
  const calls = await app.reads.recordings.callsWithoutRecording(
    new Date(now - lookBackMillis),
    new Date(now - arrivalMinutes * minuteMillis),
    sweptAtOnce,
  );
  for (const callId of calls) await markMissing(app, callId, 'neverArrived');
}

async function markMissing(app: RecordingContext, callId: number, reason: (typeof missingReasons)[number]): Promise<void> {
  await app.unitOfWork.run(async (stores) => {
    const row = await stores.recordings.lockOrCreate(callId, app.clock.now());
    if (row?.status !== 'pending') return;
    await stores.recordings.change(row.id, { status: 'missing', missingReason: reason, sourcePath: null });
    await announceRecording(stores, row, 'missing');
  });
  app.log.warn({ callId, reason }, 'a recording is missing');
}
