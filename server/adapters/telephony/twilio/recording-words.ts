import { access } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import type { Line } from './line.ts';
import { fetchRecording, MediaNotThereYet } from './recording-fetch.ts';

const recordingWord = z.object({
  RecordingSid: z.string(),
  RecordingStatus: z.string(),
});

const firstPauseMilliseconds = 500;
const mostReads = 7;
const lookBackMilliseconds = 3 * 24 * 3600_000;
/** The recording's own callback has so long to come before it is asked after. */
const arrivalMilliseconds = 120_000;

/** Writes down what Twilio says of a recording; fetching it takes longer than Twilio waits for us. */
export async function takeRecordingWord(line: Line, callId: number, words: Record<string, string>): Promise<void> {
  const { RecordingSid, RecordingStatus } = recordingWord.parse(words);
  const leg = await line.legs.find(callId);
  if (!leg || leg.recording === 'handedOver' || leg.recording === 'deleted') return;
  switch (RecordingStatus) {
    case 'completed':
      await line.legs.change(callId, allPhases, { recording: 'announced', recordingSid: RecordingSid });
      fetchSoon(line, { ...leg, recording: 'announced', recordingSid: RecordingSid });
      break;
    case 'absent':
    case 'failed':
      await line.tell.recording({ kind: 'missing', callId, reason: `the carrier kept no recording (${RecordingStatus})` });
      await line.legs.change(callId, allPhases, { recording: 'absent', recordingSid: RecordingSid });
      break;
    default:
      line.log.info({ callId, status: RecordingStatus }, 'a recording goes on');
  }
}

const allPhases = ['waiting', 'asked', 'placed', 'ended', 'refused'] as const;

function fetchSoon(line: Line, leg: CarrierLeg): void {
  const fetching = handOver(line, leg)
    .catch((error: unknown) => {
      line.log.error({ err: error, callId: leg.callId }, 'a recording was not fetched; the sweep tries again');
    })
    .finally(() => line.unfinished.delete(fetching));
  line.unfinished.add(fetching);
}

/** Fetches, hands over and writes down that it did, in this order: a crash between them does it again. */
async function handOver(line: Line, leg: CarrierLeg): Promise<void> {
  const { callId, recordingSid: sid } = leg;
  if (sid === null) return;
  for (let read = 0; ; read += 1) {
    try {
      const fetched = await fetchRecording(line.account, line.folder, { callId, sid });
      await line.tell.recording({ kind: 'ready', callId, ...fetched, partial: false });
      await line.legs.change(callId, allPhases, { recording: 'handedOver' });
      return;
    } catch (error) {
      if (!(error instanceof MediaNotThereYet) || read >= mostReads) throw error;
      await line.wait(firstPauseMilliseconds * 2 ** read);
    }
  }
}

/** Finds what lost callbacks and killed processes left: recordings at Twilio that are not here, and files that are ours now. */
export async function sweepRecordings(line: Line): Promise<void> {
  const now = line.now().getTime();
  const due = await line.legs.recordingsDue(new Date(now - lookBackMilliseconds), new Date(now - arrivalMilliseconds));
  for (const leg of due) {
    try {
      await sweepOne(line, leg);
    } catch (error) {
      line.log.error({ err: error, callId: leg.callId }, 'a recording at Twilio could not be settled; the next sweep tries again');
    }
  }
}

async function sweepOne(line: Line, leg: CarrierLeg): Promise<void> {
  if (leg.recording === 'handedOver') return deleteStored(line, leg);
  if (leg.recording === 'announced') return handOver(line, leg);
  if (leg.sid === null) return;
  const [found] = await line.client.calls(leg.sid).recordings.list({ limit: 1 });
  if (!found || found.status !== 'completed') return;
  await line.legs.change(leg.callId, allPhases, { recording: 'announced', recordingSid: found.sid });
  await handOver(line, { ...leg, recordingSid: found.sid });
}

/** Our file is thrown away once the stored copy's checksum was right: only then may Twilio's go too. */
async function deleteStored(line: Line, leg: CarrierLeg): Promise<void> {
  if (!line.deleteFetched || leg.recordingSid === null) return;
  try {
    await access(path.join(line.folder, `call-${leg.callId}.${leg.recordingSid}.wav`));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await line.client.recordings(leg.recordingSid).remove();
    await line.legs.change(leg.callId, allPhases, { recording: 'deleted' });
  }
}
