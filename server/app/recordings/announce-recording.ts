import type { Stores } from '../ports/stores/index.ts';
import type { StoredRecordingRow } from '../ports/stores/recordings.ts';

/** Tells the rep, his team and the watchers what became of a recording. */
export async function announceRecording(
  stores: Stores,
  recording: StoredRecordingRow,
  status: 'ready' | 'partial' | 'missing',
): Promise<void> {
  const payload = { callId: recording.callId, recordingId: recording.id, status };
  await stores.outbox.announce({ event: 'recording:ready', audience: { user: recording.repId }, payload });
  if (recording.teamId !== null) await stores.outbox.announce({ event: 'recording:ready', audience: { team: recording.teamId }, payload });
  await stores.outbox.announce({ event: 'recording:ready', audience: 'watchers', payload });
}
