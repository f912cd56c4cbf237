import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { repRoom } from '../../server/adapters/telephony/sip/bridge.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { patience } from '../support/patience.ts';
import { hasSip, startJanus, type TestJanus } from '../support/sip/janus.ts';
import { namesIn } from '../support/sip/onlooker.ts';
import { sipNetwork, sipRig, trunkTo, type SipNetwork, type SipRig } from '../support/sip/rig.ts';
import { voices } from '../support/sip/scenario.ts';
import { WeriftHeadset } from '../support/werift-headset.ts';

const [repId, colleagueId] = [1, 2];

describe.skipIf(!hasSip)('a colleague who was asked in from another Janus, which is lost', () => {
  const notebook = new CarrierNotebook();
  let network: SipNetwork;
  let second: TestJanus;
  let rig: SipRig;
  const headsets: WeriftHeadset[] = [];

  beforeAll(async () => {
    network = await sipNetwork();
    second = await startJanus();
    rig = await sipRig(notebook, { janusUrls: [network.janus.url, second.url], trunks: [trunkTo(network.carrier.host)] });
  });
  afterAll(async () => {
    await Promise.all(headsets.map((headset) => headset.close()));
    await rig.close();
    await Promise.all([network.stop(), second.stop()]);
  });

  async function connect(whose: number): Promise<void> {
    const headset = new WeriftHeadset(1000);
    headsets.push(headset);
    await headset.connect(rig.telephony, whose);
    headset.speak();
    const last = () => notebook.lines.filter((line) => line.repId === whose).at(-1)?.state;
    await expect.poll(last, patience).toBe('connected');
  }
  /** A call of the rep's, into which his colleague is asked from the other Janus. */
  async function askIn(callId: number): Promise<void> {
    await rig.telephony.dial({ callId, repId, to: `+7900000${voices.silent}`, from: null, ringTimeoutSeconds: 15, record: false });
    await expect.poll(() => notebook.kinds(callId), patience).toContain('answered');
    await rig.telephony.consult(callId, { kind: 'rep', repId: colleagueId });
    await expect.poll(() => notebook.kinds(callId), patience).toContain('partyJoined');
    await expect.poll(inRoom, patience).toEqual([`link to ${second.url}`, 'rep']);
  }
  const inRoom = () => namesIn(network.janus.url, repRoom(repId));
  const losesItself = async (): Promise<void> => {
    await second.kill();
    second = await second.startAgain();
  };

  it('has left the call, and leaves nobody behind in the rep’s room', async () => {
    await connect(repId);
    await connect(colleagueId);
    await askIn(1);
    await losesItself();
    await expect.poll(() => notebook.kinds(1), patience).toContain('partyLeft');
    await expect.poll(inRoom, patience).toEqual(['rep']);
    expect(await rig.telephony.lookUp(1)).toEqual({ kind: 'live' });
    await rig.telephony.hangup(1);
    await expect.poll(() => notebook.kinds(1), patience).toContain('ended');
  });

  it.each([
    { callId: 2, when: 'while our own process is started again', isBackFirst: true },
    { callId: 3, when: 'and comes back after our own process', isBackFirst: false },
  ])('nor when it is lost $when', async ({ callId, isBackFirst }) => {
    await connect(colleagueId);
    await askIn(callId);
    await rig.restart(isBackFirst ? losesItself : () => second.kill());
    if (!isBackFirst) second = await second.startAgain();
    await expect.poll(() => notebook.kinds(callId), patience).toContain('partyLeft');
    await expect.poll(inRoom, patience).toEqual(['rep']);
    expect(await rig.telephony.lookUp(callId)).toEqual({ kind: 'live' });
    await rig.telephony.hangup(callId);
    await expect.poll(() => notebook.kinds(callId), patience).toContain('ended');
  });
});
