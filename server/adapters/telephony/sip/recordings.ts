import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import type { Line } from './line.ts';
import { prospectSide, readSides, repSide, sidesOf, writeStereo } from './recording-file.ts';

const allPhases = ['waiting', 'asked', 'placed', 'ended', 'refused'] as const;
const lookBackMilliseconds = 3 * 24 * 3600_000;
/** Janus closes its files soon after the end; what is not settled by then is settled by the sweep. */
const settleMilliseconds = 10_000;

const fileOf = (line: Line, callId: number): string => path.join(line.recordingsFolder, `call-${callId}.wav`);

/** Makes our file of what Janus wrote and hands it over; done again after a crash it gives the same. */
export async function settleRecording(line: Line, leg: CarrierLeg): Promise<void> {
  const { callId } = leg;
  if (leg.recording === 'handedOver') {
    await discardRaw(line, callId);
    return;
  }
  const sides = await readSides(sidesOf(line.recordingsFolder, callId));
  // One that was announced begins when the prospect had heard it.
  const from = (leg.announcement === 'none' ? leg.answeredAt : null) ?? sides?.prospect?.firstAt ?? sides?.rep?.firstAt;
  if (!sides || !from || !leg.endedAt) {
    // Before the announcement was over nothing is to be recorded; where it should have been is for the ledger to say.
    if (leg.announcement !== 'due') await line.tell.listener?.onRecording({ kind: 'missing', callId, reason: 'Janus wrote nothing' });
    await line.legs.change(callId, allPhases, { recording: 'absent' });
    return;
  }
  const filePath = fileOf(line, callId);
  const durationSeconds = await writeStereo(filePath, sides, { from, to: leg.endedAt });
  // A Janus that died took the last moments with it, and a side without a packet is no conversation.
  const partial = leg.endCause === 'providerError' || !sides.rep || !sides.prospect;
  await line.tell.listener?.onRecording({ kind: 'ready', callId, filePath, durationSeconds, partial });
  await line.legs.change(callId, allPhases, { recording: 'handedOver' });
}

/** Settles what killed processes left, and throws Janus's files away once ours is stored and its checksum was right. */
export async function sweepRecordings(line: Line): Promise<void> {
  const now = line.now().getTime();
  const ended = { since: new Date(now - lookBackMilliseconds), before: new Date(now - settleMilliseconds) };
  // Apart: those that wait for our storage may be many and must keep none of the others from being settled.
  const unsettled = await line.legs.recordingsDue({ ...ended, states: ['none', 'announced'] });
  const handedOver = await line.legs.recordingsDue({ ...ended, states: ['handedOver'] });
  for (const leg of [...unsettled, ...handedOver]) {
    try {
      await settleRecording(line, leg);
    } catch (error) {
      line.log.error({ err: error, callId: leg.callId }, 'a recording could not be settled; the next sweep tries again');
    }
  }
}

/** Our own file is gone only after the stored copy was read back with its checksum: only then may the raw sides go. */
async function discardRaw(line: Line, callId: number): Promise<void> {
  try {
    await access(fileOf(line, callId));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const base = sidesOf(line.recordingsFolder, callId);
    await Promise.all([repSide(base), prospectSide(base)].map((file) => rm(file, { force: true })));
    await line.legs.change(callId, allPhases, { recording: 'deleted' });
  }
}
