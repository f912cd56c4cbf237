import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeRoom, openRoom, pairRoom } from '../../server/adapters/telephony/sip/bridge.ts';
import { nobodyListens } from '../../server/adapters/telephony/sip/janus-node.ts';
import type { Remembered } from '../../server/adapters/telephony/sip/memory.ts';
import { readPlace } from '../../server/adapters/telephony/sip/places.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { hasSip } from '../support/sip/janus.ts';
import { patience } from '../support/patience.ts';
import { atJanus, namesIn } from '../support/sip/onlooker.ts';
import { sipNetwork, sipRig, trunkTo, type SipNetwork, type SipRig } from '../support/sip/rig.ts';
import { hangsUpLater, voices } from '../support/sip/scenario.ts';

const repId = 1;

describe.skipIf(!hasSip)('two who were put through to one another', () => {
  const notebook = new CarrierNotebook();
  let network: SipNetwork;
  let rig: SipRig;

  beforeAll(async () => {
    network = await sipNetwork();
    rig = await sipRig(notebook, { janusUrls: [network.janus.url], trunks: [trunkTo(network.carrier.host)] });
  });
  afterAll(async () => {
    await rig.close();
    await network.stop();
  });

  const inRoom = async (callId: number) => (await namesIn(network.janus.url, pairRoom(callId))).length;
  /** Who hung up or was hung up, by the last digits of the number dialled. */
  const endings = async (): Promise<string[]> => {
    const byes = (await network.carrier.messages()).split('----').filter((message) => /\nBYE /.test(message));
    return byes.flatMap((message) => /^(?:To|From): .*[+]7900\d*(\d{4})@/m.exec(message)?.[1] ?? []);
  };
  const memoryFile = () => path.join(rig.folder, 'in-janus.json');
  const memory = async (): Promise<Remembered> => JSON.parse(await readFile(memoryFile(), 'utf8')) as Remembered;

  /** A prospect with a tone, and a number that was asked in and hangs up a while later. */
  async function consulted(callId: number): Promise<string> {
    const to = `+7900${String(callId).padStart(3, '0')}${voices.tone}`;
    await rig.telephony.dial({ callId, repId, to, from: null, ringTimeoutSeconds: 15, record: true });
    await expect.poll(() => notebook.kinds(callId), patience).toContain('answered');
    const guest = `+7900${String(callId).padStart(3, '0')}${hangsUpLater}`;
    await rig.telephony.consult(callId, { kind: 'number', e164: guest });
    await expect.poll(() => notebook.kinds(callId), patience).toContain('partyJoined');
    return guest;
  }

  /** What a process that dies leaves when it has written down that the two are to go on together, and brought so many of them there. */
  async function dieAfterMoving(callId: number, moved: number): Promise<void> {
    const content = await memory();
    const party = content.calls[callId]?.party;
    const place = readPlace(rig.legs.all.get(callId)?.roomSid ?? null);
    if (!party?.ends || !place) throw new Error('nobody is asked in');
    const ours = { sip: place.sip, bridge: place.bridge };
    const names: [string, string] = [`call-${callId}`, `guest-of-${callId}`];
    const room = pairRoom(callId);
    content.pairs[room] = { url: party.url, pair: [ours, party.ends], leaving: { names, isHeld: true, isRecorded: true } };
    await writeFile(memoryFile(), JSON.stringify(content));
    const handles = [ours.bridge, party.ends.bridge].slice(0, moved);
    await atJanus(party.url, content.sessions[party.url], async (node, control) => {
      await openRoom(control, room);
      for (const [index, id] of handles.entries()) await changeRoom(node.adopt(id, nobodyListens), { room, id: names[index] ?? '' });
    });
  }

  async function goOnUntilOneHangsUp(callId: number, before: readonly string[]): Promise<void> {
    await expect.poll(() => inRoom(callId), patience).toBe(2);
    await expect.poll(() => notebook.cause(callId), patience).toBe('completed');
    expect(notebook.has(callId, 'transferred')).toBe(true);
    expect(await endings()).toEqual(before);
    // The one goes by himself; the other's dialogue is ended for him.
    await expect.poll(endings, patience).toEqual([...before, hangsUpLater, voices.tone]);
    await expect.poll(() => inRoom(callId), patience).toBe(0);
    await expect.poll(async () => (await memory()).pairs, patience).toEqual({});
  }

  it('go on through a restart, also one that comes before the call they left is put away', async () => {
    const guest = await consulted(1);
    const { calls } = await memory();
    await rig.telephony.transfer(1, { kind: 'number', e164: guest });
    await expect.poll(() => notebook.cause(1), patience).toBe('completed');
    await rig.restart(async () => writeFile(memoryFile(), JSON.stringify({ ...(await memory()), calls })));
    await goOnUntilOneHangsUp(1, []);
    await expect.poll(() => notebook.recordingOf(1), patience).toMatchObject({ kind: 'ready' });
  });

  it.each([
    [2, 'nobody was brought to their room yet', 0],
    [3, 'one was', 1],
    [4, 'both were, and the call was the rep’s still', 2],
  ])('are brought together by the next process when one dies in the middle: call %i, %s', async (callId, _when, moved) => {
    const before = await endings();
    await consulted(callId);
    await rig.restart(() => dieAfterMoving(callId, moved));
    await goOnUntilOneHangsUp(callId, before);
    await expect.poll(() => notebook.recordingOf(callId), patience).toMatchObject({ kind: 'ready' });
  });
});
