import { access } from 'node:fs/promises';
import path from 'node:path';
import type { CarrierLeg } from '../../../app/ports/carrier-legs.ts';
import type { Line } from './line.ts';
import { MediaNotThereYet } from './recording-fetch.ts';
import { allPhases, handOver, tellAbsent } from './recording-words.ts';

/** Twilio's dates have whole seconds, and its clock is not ours. */
const clockSkewMilliseconds = 3000;
const hourMilliseconds = 3600_000;
const lookBackMilliseconds = 3 * 24 * hourMilliseconds;
/** The recording's own callback has so long to come before it is asked after. */
const arrivalMilliseconds = 120_000;
/** What Twilio does not have so long after the call it will not have. */
const givenUpMilliseconds = hourMilliseconds;
/** The account's whole list is read so often, and so far back. */
const accountMilliseconds = hourMilliseconds;
const accountLookBackMilliseconds = 24 * hourMilliseconds;
const sidsInLog = 20;

/** Finds what lost callbacks and killed processes left: recordings at Twilio that are not here, and calls here that Twilio has none of. */
export class RecordingSweep {
  readonly #line: Line;
  #running: Promise<void> | null = null;
  #accountReadAt = Number.NEGATIVE_INFINITY;

  constructor(line: Line) {
    this.#line = line;
  }

  /** One at a time: a slow one is not joined by the next. */
  run(): Promise<void> {
    this.#running ??= this.#sweep().finally(() => (this.#running = null));
    return this.#running;
  }

  async #sweep(): Promise<void> {
    const line = this.#line;
    const now = line.now().getTime();
    const ended = { since: new Date(now - lookBackMilliseconds), before: new Date(now - arrivalMilliseconds) };
    for (const leg of await line.legs.recordingsDue({ ...ended, states: ['none', 'announced'] }))
      await this.#settle(leg, () => settleOne(line, leg));
    // Apart: those that wait to be deleted are many and must keep none of the others from being found.
    if (line.deleteFetched)
      for (const leg of await line.legs.recordingsDue({ ...ended, states: ['handedOver'] }))
        await this.#settle(leg, () => deleteStored(line, leg));
    if (now - this.#accountReadAt < accountMilliseconds) return;
    await this.#readAccount(now);
    this.#accountReadAt = now;
  }

  async #settle(leg: CarrierLeg, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#line.log.error({ err: error, callId: leg.callId }, 'a recording at Twilio could not be settled; the next sweep tries again');
    }
  }

  /** Every recording of the account's last day is one of ours that we have or fetch now, or a stranger that is told of. */
  async #readAccount(now: number): Promise<void> {
    const line = this.#line;
    const recordings = await line.client.recordings.list({ dateCreatedAfter: new Date(now - accountLookBackMilliseconds), pageSize: 1000 });
    const kept = recordings.filter(
      ({ status, dateCreated }) => status === 'completed' && dateCreated.getTime() < now - arrivalMilliseconds,
    );
    const known = await line.legs.known(kept.map(({ callSid }) => callSid));
    const strangers: string[] = [];
    for (const { sid, callSid } of kept) {
      const callId = known.get(callSid);
      if (callId === undefined) strangers.push(sid);
      else await this.#takeUnheard(callId, sid);
    }
    if (strangers.length > 0)
      line.log.error(
        { count: strangers.length, recordingSids: strangers.slice(0, sidsInLog) },
        'recordings at Twilio belong to no call of ours',
      );
  }

  async #takeUnheard(callId: number, recordingSid: string): Promise<void> {
    const leg = await this.#line.legs.find(callId);
    if (leg?.phase !== 'ended' || (leg.recording !== 'none' && leg.recording !== 'absent')) return;
    await this.#settle(leg, () => fetchFound(this.#line, leg, recordingSid));
  }
}

async function settleOne(line: Line, leg: CarrierLeg): Promise<void> {
  const isGivenUp = line.now().getTime() - (leg.endedAt ?? leg.openedAt).getTime() > givenUpMilliseconds;
  if (leg.recording === 'announced') {
    try {
      await handOver(line, leg, 0);
    } catch (error) {
      if (!(error instanceof MediaNotThereYet) || !isGivenUp) throw error;
      await tellAbsent(line, leg.callId, 'the carrier has no file of the recording that it announced', leg.recordingSid);
    }
    return;
  }
  const found = await recordingAtTwilio(line, leg);
  if (found !== null) return fetchFound(line, leg, found);
  if (isGivenUp) await tellAbsent(line, leg.callId, 'the carrier kept no recording', null);
}

/** The id of the one that Twilio keeps of this call; null when there is none. */
async function recordingAtTwilio(line: Line, leg: CarrierLeg): Promise<string | null> {
  if (leg.sid === null) return null;
  const recordings = await line.client.calls(leg.sid).recordings.list({ limit: 20 });
  // A leg that was handed over from another call of ours brought that one's recordings with it.
  const since = (leg.answeredAt ?? leg.openedAt).getTime() - clockSkewMilliseconds;
  return recordings.find(({ status, startTime }) => status === 'completed' && startTime.getTime() >= since)?.sid ?? null;
}

async function fetchFound(line: Line, leg: CarrierLeg, recordingSid: string): Promise<void> {
  await line.legs.change(leg.callId, allPhases, { recording: 'announced', recordingSid });
  await handOver(line, { ...leg, recordingSid }, 0);
}

/** Our file is thrown away once the stored copy's checksum was right: only then may Twilio's go too. */
async function deleteStored(line: Line, leg: CarrierLeg): Promise<void> {
  if (leg.recordingSid === null) return;
  try {
    await access(path.join(line.folder, `call-${leg.callId}.${leg.recordingSid}.wav`));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    await line.client.recordings(leg.recordingSid).remove();
    await line.legs.change(leg.callId, allPhases, { recording: 'deleted' });
  }
}
