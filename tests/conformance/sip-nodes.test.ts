import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { Callers } from '../support/sip/caller.ts';
import { hasSip, startJanus, type TestJanus } from '../support/sip/janus.ts';
import { account, startRegistrar, type TestRegistrar } from '../support/sip/registrar.ts';
import { sipNetwork, sipRig, trunkTo, type SipNetwork, type SipRig } from '../support/sip/rig.ts';
import { answersLate, voices } from '../support/sip/scenario.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { readStereo } from '../support/wav-file.ts';
import { WeriftHeadset } from '../support/werift-headset.ts';
const hertzOf = [1000, 1700] as const;

describe.skipIf(!hasSip)('two reps, each on a Janus of his own', () => {
  const notebook = new CarrierNotebook();
  const callers = new Callers();
  let network: SipNetwork;
  let second: TestJanus;
  let registrar: TestRegistrar;
  let rig: SipRig;
  let headsets: [WeriftHeadset, WeriftHeadset];

  beforeAll(async () => {
    network = await sipNetwork();
    second = await startJanus();
    registrar = await startRegistrar();
    const trunks = [trunkTo(network.carrier.host), trunkTo(registrar.host, { name: 'registrar', register: true, ...account })];
    rig = await sipRig(notebook, { janusUrls: [network.janus.url, second.url], trunks });
    headsets = [new WeriftHeadset(hertzOf[0]), new WeriftHeadset(hertzOf[1])];
    for (const [index, headset] of headsets.entries()) {
      await headset.connect(rig.telephony, index + 1);
      headset.speak();
      await vi.waitFor(() => expect(notebook.lines).toContainEqual({ repId: index + 1, state: 'connected' }), patience);
    }
    // Both, and both known to us: a call to one whose registration is on its way reaches nobody.
    await vi.waitFor(() => expect(registrar.taken).toBeGreaterThanOrEqual(2), patience);
    await vi.waitFor(async () => expect(await rig.telephony.health()).toMatchObject({ ok: true }), patience);
  });
  afterAll(async () => {
    await Promise.all(headsets.map((headset) => headset.close()));
    await rig.close();
    await callers.stop();
    registrar.stop();
    await Promise.all([network.stop(), second.stop()]);
  });

  it('a caller who reached one is answered by the rep on the other, heard, muted and recorded as if both were on one', async () => {
    if (!registrar.contact) throw new Error('nobody is registered');
    await callers.call(registrar.contact, '+79161234567');
    await expect.poll(() => notebook.arrivals.length, patience).toBe(1);
    const callId = notebook.nextArrivalId ?? 0;
    await expect.poll(() => rig.legs.all.get(callId)?.roomSid ?? null, patience).not.toBeNull();
    const repId = rig.legs.all.get(callId)?.roomSid?.startsWith(network.janus.url) ? 2 : 1;
    const [headset, hertz] = repId === 1 ? [headsets[0], hertzOf[0]] : [headsets[1], hertzOf[1]];
    await rig.telephony.answer(callId, repId);
    await expect.poll(() => notebook.kinds(callId), patience).toContain('answered');
    headset.takeHeard();
    const hearsHim = () => expect.poll(() => levelDecibels(headset.takeHeard()), { ...patience, interval: 300 }).toBeGreaterThan(-40);
    await hearsHim();
    // What joins the two rooms outlives our process, and the next one knows of it.
    await rig.restart();
    headset.takeHeard();
    await hearsHim();
    headset.takeHeard();
    await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(1);
    // A span of silence to be measured, of which nothing tells.
    const muteAskedAt = Date.now();
    await rig.telephony.mute(callId);
    await expect.poll(() => Date.now() - muteAskedAt, patience).toBeGreaterThan(1000);
    await rig.telephony.unmute(callId);
    await rig.telephony.hangup(callId);
    await expect.poll(() => notebook.recordingOf(callId), patience).toMatchObject({ kind: 'ready', partial: false });
    const recording = notebook.recordingOf(callId);
    if (recording?.kind !== 'ready') throw new Error('the recording is missing');
    const { left, right, sampleRate } = await readStereo(recording.filePath);
    const mutedFrom = ((muteAskedAt - notebook.instant(callId, 'answered')) / 1000) * sampleRate;
    expect(toneSeconds(left.subarray(0, mutedFrom), hertz, sampleRate)).toBeGreaterThan(0.2);
    expect(levelDecibels(left.subarray(mutedFrom + 0.4 * sampleRate, mutedFrom + 0.9 * sampleRate))).toBeLessThan(-60);
    expect(levelDecibels(right)).toBeGreaterThan(-50);
    // Nothing of the call is left between the two.
    headset.takeHeard();
    await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(0.5);
    expect(levelDecibels(headset.takeHeard())).toBeLessThan(-60);
  });

  it('ask each other into a call and part again', async () => {
    const [rep, colleague] = headsets;
    await rig.telephony.dial({ callId: 1, repId: 1, to: `+7900000${voices.silent}`, from: null, ringTimeoutSeconds: 15, record: false });
    await expect.poll(() => notebook.kinds(1), patience).toContain('answered');
    await rig.telephony.consult(1, { kind: 'rep', repId: 2 });
    await expect.poll(() => toneShare(rep.takeHeard(), hertzOf[1], 8000), { ...patience, interval: 300 }).toBeGreaterThan(0.5);
    await expect.poll(() => toneShare(colleague.takeHeard(), hertzOf[0], 8000), { ...patience, interval: 300 }).toBeGreaterThan(0.5);
    await rig.restart();
    expect(notebook.has(1, 'partyLeft')).toBe(false);
    rep.takeHeard();
    await expect.poll(() => toneShare(rep.takeHeard(), hertzOf[1], 8000), { ...patience, interval: 300 }).toBeGreaterThan(0.5);
    await rig.telephony.dismissParty(1);
    await expect.poll(() => levelDecibels(colleague.takeHeard()), { ...patience, interval: 300 }).toBeLessThan(-60);
    await rig.telephony.hangup(1);
    await expect.poll(() => notebook.kinds(1), patience).toContain('ended');
  });

  it('hand a prospect over, who waits for the other through one restart and talks with him through the next', async () => {
    await rig.telephony.dial({ callId: 2, repId: 1, to: `+7900000${voices.tone}`, from: null, ringTimeoutSeconds: 15, record: true });
    await expect.poll(() => notebook.kinds(2), patience).toContain('answered');
    await rig.telephony.transfer(2, { kind: 'rep', repId: 2 });
    const arrivedId = notebook.nextArrivalId ?? 0;
    await rig.restart();
    await rig.telephony.answer(arrivedId, 2);
    await expect.poll(() => notebook.kinds(arrivedId), patience).toContain('answered');
    await rig.telephony.pauseRecording(arrivedId);
    await rig.restart();
    await rig.telephony.resumeRecording(arrivedId);
    expect(notebook.kinds(arrivedId)).toContain('recordingResumed');
    const [, colleague] = headsets;
    colleague.takeHeard();
    await expect.poll(() => toneShare(colleague.takeHeard(), 440, 8000), { ...patience, interval: 300 }).toBeGreaterThan(0.5);
    await rig.telephony.hangup(arrivedId);
    await expect.poll(() => notebook.recordingOf(arrivedId), patience).toMatchObject({ kind: 'ready', partial: false });
  });

  it('get him who was on his way to one of them when we died; who was put on hold stays there', async () => {
    const callId = 4;
    const [rep] = headsets;
    const hearsHim = () => expect.poll(() => toneShare(rep.takeHeard(), 440, 8000), { ...patience, interval: 300 }).toBeGreaterThan(0.5);
    const dial = {
      callId,
      repId: 1,
      to: `+7900000${voices.tone}`,
      from: null,
      ringTimeoutSeconds: 15,
      record: false,
      connect: 'held',
    } as const;
    await rig.telephony.dial(dial);
    await expect.poll(() => notebook.kinds(callId), patience).toContain('answered');
    await rig.restart(async () => {
      await rig.legs.change(callId, ['placed'], { repId: 1 });
    });
    rep.takeHeard();
    await hearsHim();
    await rig.telephony.hold(callId);
    await rig.restart();
    await rig.telephony.unhold(callId);
    expect(notebook.kinds(callId)).toContain('unheld');
    rep.takeHeard();
    await hearsHim();
    await rig.telephony.hangup(callId);
    await expect.poll(() => notebook.kinds(callId), patience).toContain('ended');
  });

  it('leave nobody on the line who answered while nobody listened, and know that he did', async () => {
    const callId = 3;
    const said = async (method: string) =>
      (await network.carrier.messages())
        .split('----')
        .some((message) => message.includes(`\n${method} sip:`) && message.includes(answersLate));
    const dial = {
      callId,
      repId: 1,
      to: `+7900000${answersLate}`,
      from: null,
      ringTimeoutSeconds: 15,
      record: true,
      connect: 'held',
    } as const;
    await rig.telephony.dial(dial);
    await expect.poll(() => notebook.kinds(callId), patience).toContain('ringing');
    await rig.restart(() => expect.poll(() => said('ACK'), patience).toBe(true));
    await expect.poll(() => notebook.kinds(callId), patience).toEqual(['dialing', 'ringing', 'ended', 'answered']);
    expect(notebook.cause(callId)).toBe('completed');
    expect(notebook.instant(callId, 'answered')).toBeLessThanOrEqual(notebook.instant(callId, 'ended'));
    await expect.poll(() => said('BYE'), patience).toBe(true);
    await expect.poll(() => notebook.recordingOf(callId), patience).toMatchObject({ kind: 'missing' });
  });
});
