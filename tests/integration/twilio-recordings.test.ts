import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Announcement } from '../../server/app/ports/telephony.ts';
import { toneShare } from '../../server/core/audio/level.ts';
import { mostRecordingsDue } from '../../server/app/ports/carrier-legs.ts';
import { foldCall } from '../../server/core/calls/fold-call.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { toneClip } from '../support/tone-clip.ts';
import { heard, sampleRate } from '../support/twilio-carrier/sound.ts';
import { twilioRig } from '../support/twilio-rig.ts';
const minute = 60_000;
let notebook: CarrierNotebook;
let rig: Awaited<ReturnType<typeof twilioRig>>;
let aheadMilliseconds: number;
const logged = vi.fn();

beforeEach(async () => {
  aheadMilliseconds = 0;
  logged.mockReset();
  notebook = new CarrierNotebook();
  const log = { info: () => undefined, warn: () => undefined, error: logged };
  rig = await twilioRig(notebook, { speed: 10 }, { now: () => new Date(Date.now() + aheadMilliseconds), log });
});
afterEach(async () => {
  await rig.close();
});

/** Dials somebody who talks until he is hung up on, or for two seconds of the carrier's. */
async function talk(callId: number, fate: '0001' | '0300' | '0500' = '0001', announcement: Announcement | null = null): Promise<string> {
  const to = `+7900000${fate}`;
  await rig.telephony.dial({ callId, repId: callId, to, from: null, ringTimeoutSeconds: 20, record: true, announcement });
  const sid = rig.legs.all.get(callId)?.sid ?? '';
  const leg = rig.carrier.exchange.legs.get(sid);
  await vi.waitFor(() => expect(leg?.status).toBe('in-progress'), patience);
  if (fate === '0500') await vi.waitFor(() => expect(leg?.isOver).toBe(true), patience);
  return sid;
}

/** Hangs up after the call was long enough for a recording. */
async function end(callId: number, sid: string, afterMilliseconds = 200): Promise<void> {
  const answeredAt = Date.now();
  await vi.waitFor(() => expect(Date.now() - answeredAt).toBeGreaterThan(afterMilliseconds), patience);
  await rig.telephony.hangup(callId);
  await vi.waitFor(() => expect(rig.carrier.exchange.legs.get(sid)?.isOver).toBe(true), patience);
  await rig.carrier.deliveries.settled();
}

async function sweepAfter(minutes: number): Promise<void> {
  aheadMilliseconds = minutes * minute;
  await rig.telephony.sweep();
}
/** What was told of the call besides who answered, which the look-up finds as soon as it is known. */
const told = () => notebook.kinds(1).filter((kind) => kind !== 'answeredBy');
const recordingAt = (sid: string) => rig.carrier.recordings.all.find(({ leg }) => leg.sid === sid);
const stateOf = (callId: number) => rig.legs.all.get(callId)?.recording;

describe('an announcement of the recording at Twilio', () => {
  const clipHertz = 700;
  const announcement = { id: 5, wav: toneClip(clipHertz, 0.5) };
  const until = (kind: Parameters<CarrierNotebook['has']>[1]) => vi.waitFor(() => expect(notebook.has(1, kind)).toBe(true), patience);
  const isRecorded = (sid: string) => vi.waitFor(() => expect(recordingAt(sid)?.status).toBe('in-progress'), patience);
  beforeEach(() => rig.clips.set(announcement.id, announcement.wav));

  it('is heard once, however often the answer is told, and recorded by nobody', async () => {
    rig.carrier.faults = { delivery: () => ({ copies: 3 }) };
    const sid = await talk(1, '0001', announcement);
    await until('announcementStarted');
    expect(recordingAt(sid)).toBeUndefined();
    await until('announcementEnded');
    const leg = rig.carrier.exchange.legs.get(sid);
    const recording = recordingAt(sid);
    if (!leg || !recording) throw new Error('nothing is recorded');
    expect(
      toneShare(heard(leg, recording.startedAt.getTime() - 400, recording.startedAt.getTime() - 100), clipHertz, sampleRate),
    ).toBeGreaterThan(0.9);
    await end(1, sid);
    expect(rig.carrier.recordings.all).toHaveLength(1);
    expect(notebook.kinds(1).filter((kind) => kind.startsWith('announcement'))).toEqual(['announcementStarted', 'announcementEnded']);
    expect(rig.carrier.complaints).toEqual([]);
  });

  it('goes on at Twilio though no word of it comes: the look-up begins it, the sweep finds the recording', async () => {
    rig.carrier.faults = { delivery: () => ({ lost: true }) };
    const sid = await talk(1, '0001', announcement);
    expect(await rig.telephony.lookUp(1)).toEqual({ kind: 'live' });
    expect(told()).toEqual(['answered', 'announcementStarted']);
    await isRecorded(sid);
    await sweepAfter(1);
    expect(told()).toEqual(['answered', 'announcementStarted', 'announcementEnded']);
    expect(rig.carrier.recordings.all).toHaveLength(1);
  });

  it('is made after all where the process died that had taken it upon itself', async () => {
    rig.carrier.faults = { delivery: () => ({ lost: true }) };
    const sid = await talk(1, '0001', announcement);
    await rig.legs.change(1, ['placed'], { answeredAt: new Date(), announcement: 'playing' });
    await rig.telephony.sweep();
    expect(told()).toEqual([]);
    await sweepAfter(1);
    expect(told()).toEqual(['announcementStarted']);
    await isRecorded(sid);
  });
});

describe('a recording at Twilio that is not here', () => {
  it('is fetched although its own callback never came', async () => {
    rig.carrier.faults = { recording: () => 'silent' };
    const sid = await talk(1);
    await end(1, sid);
    await sweepAfter(1);
    expect(stateOf(1)).toBe('none');
    await sweepAfter(3);
    expect(notebook.recordingOf(1)).toMatchObject({ kind: 'ready' });
    expect(stateOf(1)).toBe('handedOver');
  });

  it('is fetched although nothing at all was heard of the call: the look-up tells that it was answered, and for how long', async () => {
    rig.carrier.faults = { delivery: () => ({ lost: true }) };
    await talk(1, '0500');
    expect(await rig.telephony.lookUp(1)).toMatchObject({ kind: 'ended', cause: 'completed' });
    expect(told()).toEqual(['answered']);
    await sweepAfter(3);
    expect(notebook.recordingOf(1)).toMatchObject({ kind: 'ready' });
  });

  it('is fetched although only the word of the answer was lost; that one come late is a copy', async () => {
    rig.carrier.faults = { delivery: ({ word }) => (word === 'in-progress' ? { lateMilliseconds: 2000 } : {}) };
    const sid = await talk(1);
    // A second of talk is the least that Twilio counts.
    await end(1, sid, 1000);
    expect(notebook.kinds(1).filter((kind) => kind === 'answered')).toHaveLength(1);
    const folded = foldCall(notebook.of(1), new Date(0));
    expect(folded).toMatchObject({ state: 'ended', endCause: 'completed', connected: true });
    await vi.waitFor(() => expect(notebook.recordingOf(1)).toMatchObject({ kind: 'ready' }), patience);
  });

  it('is found in progress: the talk is on the screen before its end', async () => {
    rig.carrier.faults = { delivery: () => ({ lost: true }) };
    await talk(1);
    expect(await rig.telephony.lookUp(1)).toEqual({ kind: 'live' });
    expect(told()).toEqual(['answered']);
  });

  it.each(['live', 'ended'] as const)('was answered by a machine, which the look-up of a %s call tells where nobody did', async (kind) => {
    rig.carrier.faults = { delivery: () => ({ lost: true }) };
    const sid = await talk(1, '0300');
    const leg = rig.carrier.exchange.legs.get(sid);
    await vi.waitFor(() => expect(leg?.answeredBy).toBe('machine_start'), patience);
    if (kind === 'ended' && leg) rig.carrier.exchange.end(leg, 'completed', 200);
    expect(await rig.telephony.lookUp(1)).toMatchObject(kind === 'live' ? { kind } : { kind, cause: 'machine' });
    await rig.telephony.lookUp(1);
    expect(notebook.of(1).flatMap(({ body }) => (body.kind === 'answeredBy' ? [body.by] : []))).toEqual(['machine']);
    expect(foldCall(notebook.of(1), new Date(0))).toMatchObject({ answeredBy: 'machine', connected: false });
  });

  // The account's list is read at the start and each hour after it.
  it('of a call that it was told absent for is found in the list of the account', async () => {
    const sid = await talk(1);
    await end(1, sid);
    await vi.waitFor(() => expect(stateOf(1)).toBe('handedOver'), patience);
    await rig.legs.change(1, ['ended'], { recording: 'absent', recordingSid: null });
    notebook.recordings.length = 0;
    await sweepAfter(65);
    expect(notebook.recordingOf(1)).toMatchObject({ kind: 'ready' });
  });

  it('and belongs to no call of ours is told of, once an hour', async () => {
    const sid = await talk(1);
    await end(1, sid);
    rig.legs.all.delete(1);
    await sweepAfter(65);
    await sweepAfter(66);
    const strangers = logged.mock.calls.filter(([, message]) => String(message).includes('belong to no call of ours'));
    expect(strangers).toMatchObject([[{ count: 1, recordingSids: [recordingAt(sid)?.sid] }, expect.anything()]]);
  });

  it('is found behind any number that are settled and only kept there', async () => {
    rig.carrier.faults = { recording: () => 'silent' };
    const sid = await talk(1);
    await end(1, sid);
    const settled = rig.legs.all.get(1);
    if (!settled) throw new Error('the leg is gone');
    for (let callId = 1000; callId < 1000 + mostRecordingsDue; callId += 1)
      rig.legs.all.set(callId, {
        ...settled,
        callId,
        sid: `CA${callId}`,
        endedAt: new Date(0 + Date.now() - minute),
        recording: 'handedOver',
      });
    await sweepAfter(3);
    expect(stateOf(1)).toBe('handedOver');
  });
});

describe('a recording that Twilio does not have', () => {
  it('and never announced is missing after an hour, and asked for no more', async () => {
    rig.carrier.faults = { recording: () => 'silent' };
    const sid = await talk(1);
    await end(1, sid);
    const kept = recordingAt(sid);
    if (kept) rig.carrier.recordings.remove(kept);
    await sweepAfter(30);
    expect(notebook.recordingOf(1)).toBeUndefined();
    await sweepAfter(70);
    expect(notebook.recordingOf(1)).toMatchObject({ kind: 'missing' });
    expect(stateOf(1)).toBe('absent');
  });

  it('but announced is missing after an hour', async () => {
    rig.carrier.faults = { recording: () => 'silent' };
    const sid = await talk(1);
    await end(1, sid);
    await rig.legs.change(1, ['ended'], { recording: 'announced', recordingSid: `RE${'0'.repeat(32)}` });
    await sweepAfter(30);
    expect(stateOf(1)).toBe('announced');
    await sweepAfter(70);
    expect(notebook.recordingOf(1)).toMatchObject({ kind: 'missing' });
  });
});

it('is deleted at Twilio only when our own file was stored and let go', async () => {
  await rig.close();
  rig = await twilioRig(notebook, { speed: 10 }, { now: () => new Date(Date.now() + aheadMilliseconds), deleteFetched: true });
  const sid = await talk(1);
  await end(1, sid);
  await vi.waitFor(() => expect(stateOf(1)).toBe('handedOver'), patience);
  await sweepAfter(3);
  expect(recordingAt(sid)).toBeDefined();
  const recording = notebook.recordingOf(1);
  if (recording?.kind === 'ready') await rm(recording.filePath);
  await sweepAfter(4);
  expect(recordingAt(sid)).toBeUndefined();
  expect(stateOf(1)).toBe('deleted');
});
