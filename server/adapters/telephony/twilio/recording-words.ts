import { z } from 'zod';
import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import { takeAnnounced } from './announcing.ts';
import { instantOf } from './call-words.ts';
import type { Line } from './line.ts';
import { fetchRecording, MediaNotThereYet } from './recording-fetch.ts';

const recordingWord = z.object({
  RecordingSid: z.string(),
  RecordingStatus: z.string(),
  RecordingStartTime: z.string().optional(),
});

const firstPauseMilliseconds = 500;
const mostReads = 7;

/** Writes down what Twilio says of a recording; fetching it takes longer than Twilio waits for us. */
export async function takeRecordingWord(line: Line, callId: number, words: Record<string, string>): Promise<void> {
  const { RecordingSid, RecordingStatus, RecordingStartTime } = recordingWord.parse(words);
  const leg = await line.legs.find(callId);
  if (!leg || leg.recording === 'handedOver' || leg.recording === 'deleted') return;
  // Also by its end: the word for its beginning may be lost.
  if (RecordingStatus !== 'failed')
    await takeAnnounced(line, callId, { carrierWord: RecordingStatus, at: instantOf(line, RecordingStartTime) });
  switch (RecordingStatus) {
    case 'completed':
      await line.legs.change(callId, allPhases, { recording: 'announced', recordingSid: RecordingSid });
      fetchSoon(line, { ...leg, recording: 'announced', recordingSid: RecordingSid });
      break;
    case 'absent':
    case 'failed':
      await tellAbsent(line, callId, `the carrier kept no recording (${RecordingStatus})`, RecordingSid);
      break;
    default:
      line.log.info({ callId, status: RecordingStatus }, 'a recording goes on');
  }
}

export const allPhases = ['waiting', 'asked', 'placed', 'ended', 'refused'] as const;

function fetchSoon(line: Line, leg: CarrierLeg): void {
  const fetching = handOver(line, leg, mostReads)
    .catch((error: unknown) => {
      line.log.error({ err: error, callId: leg.callId }, 'a recording was not fetched; the sweep tries again');
    })
    .finally(() => line.unfinished.delete(fetching));
  line.unfinished.add(fetching);
}

/**
 * Fetches, hands over and writes down that it did, in this order: a crash between them does it again.
 * @throws MediaNotThereYet when the media was not there after this many reads more than one
 */
export async function handOver(line: Line, leg: CarrierLeg, moreReads: number): Promise<void> {
  const { callId, recordingSid: sid } = leg;
  if (sid === null) return;
  for (let read = 0; ; read += 1) {
    try {
      const fetched = await fetchRecording(line.account, line.folder, { callId, sid });
      await line.tell.recording({ kind: 'ready', callId, ...fetched, partial: false });
      await line.legs.change(callId, allPhases, { recording: 'handedOver' });
      return;
    } catch (error) {
      if (!(error instanceof MediaNotThereYet) || read >= moreReads) throw error;
      await line.wait(firstPauseMilliseconds * 2 ** read);
    }
  }
}

/** There is none at Twilio, or none any more. */
export async function tellAbsent(line: Line, callId: number, reason: string, recordingSid: string | null): Promise<void> {
  await line.tell.recording({ kind: 'missing', callId, reason });
  await line.legs.change(callId, allPhases, { recording: 'absent', recordingSid });
}
