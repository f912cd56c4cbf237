import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLine } from '../../server/adapters/telephony/sip/check-line.ts';
import type { CarrierEventKind, EndCause } from '../../server/core/calls/carrier-event.ts';
import { toneShare } from '../../server/core/audio/level.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { Callers } from '../support/sip/caller.ts';
import { hasSip, janusSecret } from '../support/sip/janus.ts';
import { account, startRegistrar, type TestRegistrar } from '../support/sip/registrar.ts';
import { sipNetwork, sipRig, trunkTo, type SipNetwork, type SipRig } from '../support/sip/rig.ts';
import { aLawOnly, hangsUp, refusals, ringsFirst, ringsOnly, speaksFirst, voices } from '../support/sip/scenario.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { readStereo } from '../support/wav-file.ts';
import { WeriftHeadset } from '../support/werift-headset.ts';
import { announcedConformance } from './announced-suite.ts';
import { inboundConformance } from './inbound-suite.ts';
import { parallelConformance } from './parallel-suite.ts';
import { partyConformance } from './party-suite.ts';
import { spokenConformance } from './spoken-suite.ts';
import { repToneHertz, type CarrierUnderTest } from './carrier-under-test.ts';
import { telephonyConformance } from './telephony-suite.ts';

describe.skipIf(!hasSip)('with a real Janus and sipp as the carrier', () => {
  let network: SipNetwork;
  let registrar: TestRegistrar;
  beforeAll(async () => {
    network = await sipNetwork();
    registrar = await startRegistrar();
  });
  afterAll(async () => {
    registrar.stop();
    await network.stop();
  });

  async function sip(): Promise<CarrierUnderTest> {
    const notebook = new CarrierNotebook();
    const rig = await sipRig(notebook, { janusUrls: [network.janus.url], trunks: [trunkTo(network.carrier.host)] });
    return {
      telephony: rig.telephony,
      notebook,
      numbers: {
        talks: '+79000000001',
        silent: '+79000000400',
        machine: '+79000000300',
        busy: '+79000009486',
        noAnswer: '+79000000480',
        rejected: '+79000009603',
        invalid: '+79000009404',
        providerError: '+79000009503',
        strangeWord: null,
      },
      async connectHeadset(repId) {
        const headset = new WeriftHeadset(repToneHertz);
        await headset.connect(rig.telephony, repId);
        return headset;
      },
      letCall: null,
      serveClip: () => undefined,
      media: 'carried',
      headsetCheck: 'inBrowser',
      clockGrainSeconds: 0,
      close: () => rig.close(),
    };
  }

  /** Registered at a trunk, as calls need it that reach us. */
  async function reachable(): Promise<CarrierUnderTest> {
    const notebook = new CarrierNotebook();
    const trunk = trunkTo(registrar.host, { register: true, ...account });
    const rig = await sipRig(notebook, { janusUrls: [network.janus.url], trunks: [trunk] });
    const callers = new Callers();
    await expect.poll(() => rig.telephony.health(), patience).toMatchObject({ ok: true });
    const carrier = await sip();
    return {
      ...carrier,
      telephony: rig.telephony,
      notebook,
      async connectHeadset(repId) {
        const headset = new WeriftHeadset(repToneHertz);
        await headset.connect(rig.telephony, repId);
        return headset;
      },
      async letCall(from) {
        const seen = notebook.arrivals.length;
        if (!registrar.contact) throw new Error('nobody is registered');
        await callers.call(registrar.contact, from);
        await expect.poll(() => notebook.arrivals.length, patience).toBeGreaterThan(seen);
        const callId = notebook.nextArrivalId;
        if (callId === null) throw new Error('the call was not taken');
        await expect.poll(() => rig.legs.all.has(callId), patience).toBe(true);
        return callId;
      },
      async close() {
        await carrier.close();
        await rig.close();
        await callers.stop();
      },
    };
  }

  telephonyConformance('sip', sip);
  inboundConformance('sip', reachable);
  partyConformance('sip', sip);
  parallelConformance('sip', sip);
  spokenConformance('sip', sip);
  announcedConformance('sip', sip, reachable);
});

describe.skipIf(!hasSip)('a trunk', () => {
  let network: SipNetwork;
  let notebook: CarrierNotebook;
  let rig: SipRig;
  let lastCallId = 2000;
  beforeAll(async () => {
    network = await sipNetwork();
    notebook = new CarrierNotebook();
    const dead = trunkTo('127.0.0.1:9', { name: 'nobody there' });
    const trunks = [trunkTo(network.carrier.host), dead, trunkTo(network.carrier.host, { name: 'spare', digits: 'info' })];
    rig = await sipRig(notebook, { janusUrls: [network.janus.url], trunks });
  });
  afterAll(async () => {
    await rig.close();
    await network.stop();
  });

  const dial = async (ending: string): Promise<number> => {
    lastCallId += 1;
    const request = { callId: lastCallId, repId: lastCallId, to: `+7900000${ending}`, from: null, ringTimeoutSeconds: 15, record: true };
    expect(await rig.telephony.dial(request)).toMatchObject({ kind: 'accepted' });
    return lastCallId;
  };
  const until = async (callId: number, kind: CarrierEventKind): Promise<void> => {
    await expect.poll(() => notebook.kinds(callId), patience).toContain(kind);
  };

  const causes: [keyof typeof refusals, EndCause][] = [
    [486, 'busy'],
    [600, 'busy'],
    [480, 'noAnswer'],
    [603, 'rejected'],
    [404, 'invalidNumber'],
    [410, 'invalidNumber'],
    [484, 'invalidNumber'],
    [403, 'providerError'],
    [500, 'providerError'],
    [499, 'unknown'],
  ];
  it.each(causes)('that says %s ends the call as %s', async (code, cause) => {
    const callId = await dial(`9${code}`);
    await until(callId, 'ended');
    expect(notebook.cause(callId)).toBe(cause);
    expect(notebook.of(callId).at(-1)?.carrierWord).toContain(`${code} ${refusals[code]}`);
  });

  it('without room for a call, and a silent one, are followed by the next', async () => {
    const callId = await dial('9503');
    await until(callId, 'ended');
    const invites = (await network.carrier.messages()).match(/^INVITE sip:\+79000009503/gm);
    expect(invites).toHaveLength(2);
    expect(notebook.cause(callId)).toBe('providerError');
    expect(notebook.kinds(callId)).toEqual(['dialing', 'ended']);
  });

  it('that speaks another codec is offered it', async () => {
    const headset = new WeriftHeadset(repToneHertz);
    await headset.connect(rig.telephony, lastCallId + 1);
    const callId = await dial(aLawOnly);
    await until(callId, 'answered');
    await expect.poll(() => toneShare(headset.takeHeard(), 440, 8000), { ...patience, interval: 200 }).toBeGreaterThan(0.8);
    await headset.close();
    await rig.telephony.hangup(callId);
    await expect.poll(() => notebook.recordingOf(callId), patience).toMatchObject({ kind: 'ready', partial: false });
    const recording = notebook.recordingOf(callId);
    if (recording?.kind !== 'ready') throw new Error('the recording is missing');
    const { right, sampleRate } = await readStereo(recording.filePath);
    expect(toneSeconds(right, 440, sampleRate)).toBeGreaterThan(0);
  });

  it('is heard before the answer', async () => {
    const repId = lastCallId + 1;
    const headset = new WeriftHeadset(repToneHertz);
    await headset.connect(rig.telephony, repId);
    const callId = await dial(ringsFirst);
    await until(callId, 'ringing');
    await expect.poll(() => toneShare(headset.takeHeard(), 440, 8000), { ...patience, interval: 200 }).toBeGreaterThan(0.8);
    expect(notebook.has(callId, 'answered')).toBe(false);
    await rig.telephony.hangup(callId);
    await until(callId, 'ended');
    expect(notebook.cause(callId)).toBe('canceled');
    await headset.close();
  });

  it('that spoke before the answer goes on after it', async () => {
    const callId = await dial(speaksFirst);
    await until(callId, 'answered');
    const headset = new WeriftHeadset(repToneHertz);
    await headset.connect(rig.telephony, lastCallId);
    await expect.poll(() => toneShare(headset.takeHeard(), 440, 8000), { ...patience, interval: 200 }).toBeGreaterThan(0.8);
    await rig.telephony.hangup(callId);
    await until(callId, 'ended');
    await headset.close();
  });

  it('hears CANCEL, hold, unhold and a transfer as SIP has them', async () => {
    const ringing = await dial(ringsOnly);
    await until(ringing, 'ringing');
    await rig.telephony.hangup(ringing);
    const callId = await dial(voices.silent);
    await until(callId, 'answered');
    await rig.telephony.hold(callId);
    await rig.telephony.unhold(callId);
    await rig.telephony.transfer(callId, { kind: 'number', e164: '+79000000001' });
    await until(callId, 'ended');
    const said = await network.carrier.messages();
    expect(said).toMatch(/^CANCEL sip:\+79000000480@/m);
    expect(said).toMatch(/^a=sendonly/m);
    expect(said).toMatch(/^Refer-To: <?sip:\+79000000001@/m);
  });

  it('that hangs up ends the call as completed', async () => {
    const callId = await dial(hangsUp);
    await until(callId, 'ended');
    expect(notebook.kinds(callId)).toContain('answered');
    expect(notebook.cause(callId)).toBe('completed');
  });

  it('is checked in words, with a call that is heard', async () => {
    const registrar = await startRegistrar();
    const signedIn = trunkTo(registrar.host, { name: 'registrar', register: true, ...account });
    const trunks = [trunkTo(network.carrier.host), signedIn, { ...signedIn, name: 'stranger', password: 'another' }];
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const janusUrls = [network.janus.url, 'ws://127.0.0.1:9'];
    const callTo = `+7900000${voices.tone}`;
    const findings = await checkLine({ janusUrls, janusSecret, trunks, sharedFolder: rig.folder, callTo, log });
    registrar.stop();
    expect(findings.filter(({ ok }) => ok).map(({ sentence }) => sentence)).toEqual([
      `Janus answers at ${network.janus.url}.`,
      'registrar takes our registration.',
      expect.stringMatching(/by test carrier rang after \d+ ms and was answered: pcmu, level -1\d dB, 0 % of the packets lost\.$/),
    ]);
    expect(findings.filter(({ ok }) => !ok).map(({ sentence }) => sentence)).toEqual([
      expect.stringContaining('stranger refuses our registration'),
      'No Janus can be used at ws://127.0.0.1:9.',
    ]);
  });
});
