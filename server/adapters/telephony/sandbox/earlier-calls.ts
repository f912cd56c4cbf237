import { stat } from 'node:fs/promises';
import type { CarrierRecording, LookUpOutcome } from '../../../app/ports/telephony.ts';
import type { RecordingShelf } from './recording-shelf.ts';

/** Calls that an earlier process carried and whose recordings nobody fetched: what became of them, as far as their files tell. */
export async function earlierCalls(shelf: RecordingShelf, now: Date): Promise<{ recording: CarrierRecording; outcome: LookUpOutcome }[]> {
  const broken = await shelf.recoverBroken();
  const waiting = await shelf.waiting();
  return Promise.all(
    [...broken, ...waiting].map(async (recording) => {
      const endedAt = await brokenOffAt(recording, now);
      const isWhole = recording.kind === 'ready' && !recording.partial;
      const [cause, carrierWord] = isWhole
        ? (['completed', 'recording-waiting'] as const)
        : (['providerError', 'carrier-restarted'] as const);
      return { recording, outcome: { kind: 'ended', cause, endedAt, carrierWord } };
    }),
  );
}

/** When such a call ended: with its last sound, as far as there is any. */
async function brokenOffAt(recording: CarrierRecording, now: Date): Promise<Date> {
  if (recording.kind === 'missing') return now;
  const { mtime } = await stat(recording.filePath);
  return mtime < now ? mtime : now;
}
