import type { Actor } from '../actor.ts';
import { notFound } from '../problem.ts';
import type { RecordingContext } from './recording-context.ts';
import { cleanUp } from './store-recording.ts';

const sweptAtOnce = 200;

/**
 * From the commit on nobody can play it; the file goes right after, and the sweeper finishes what a kill leaves.
 * True when there was something to erase.
 */
async function erase(app: RecordingContext, recordingId: number, userId: number | null, why: 'asked' | 'retention'): Promise<boolean> {
  const callId = await app.unitOfWork.run(async (stores) => {
    const row = await stores.recordings.lock(recordingId);
    if (row === null || row.status === 'erased') return null;
    await stores.recordings.change(row.id, { status: 'erased', erasedAt: app.clock.now(), peaks: null });
    await stores.audit.write({
      userId,
      action: 'recording.erase',
      entity: 'recording',
      entityId: row.id,
      details: { why, callId: row.callId, was: row.status },
    });
    return row.callId;
  });
  if (callId !== null) await cleanUp(app, callId);
  return callId !== null;
}

/** Erases one on request. @throws Refused 404 when there is none, or it is erased already */
export async function eraseOnRequest(app: RecordingContext, actor: Actor, recordingId: number): Promise<void> {
  if (!(await erase(app, recordingId, actor.id, 'asked'))) throw notFound('recording');
}

/** Erases what is older than the setting `recordings.retentionDays` allows; answers how many. */
export async function eraseExpired(app: RecordingContext): Promise<number> {
  const { recordings } = await app.settings.read();
  const calledBefore = new Date(app.clock.now().getTime() - recordings.retentionDays * 86_400_000);
  const ids = await app.reads.recordings.expired(calledBefore, sweptAtOnce);
  for (const id of ids) await erase(app, id, null, 'retention');
  return ids.length;
}
