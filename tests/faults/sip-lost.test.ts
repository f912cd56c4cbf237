import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { currentCall, hangupCall, holdCall, startCall, type CallView } from '../../server/contract/http/calls.ts';
import { consultCall, dismissParty, joinCall, mergeCall } from '../../server/contract/http/call-parties.ts';
import { addVoiceClip, leaveMessage } from '../../server/contract/http/voice-clips.ts';
import { nextCall } from '../../server/contract/http/queue.ts';
import { clientEvents } from '../../server/contract/sockets/index.ts';
import { levelDecibels, toneShare } from '../../server/core/audio/level.ts';
import type { ApiClient } from '../support/api-client.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { patience } from '../support/patience.ts';
import { ServerProcess } from '../support/server-process.ts';
import { hasSip, janusSecret, startJanus, type TestJanus } from '../support/sip/janus.ts';
import { sipNetwork, sipRig, trunkTo, type SipNetwork, type SipRig } from '../support/sip/rig.ts';
import { voices } from '../support/sip/scenario.ts';
import { toneClip } from '../support/tone-clip.ts';
import { toneSeconds } from '../support/tone-seconds.ts';
import { readStereo } from '../support/wav-file.ts';
import { WeriftHeadset } from '../support/werift-headset.ts';

describe.skipIf(!hasSip)('the server is killed in the middle of a call', () => {
  let network: SipNetwork;
  let base: FreshDatabase;
  let department: CallingDepartment;
  let server: ServerProcess;
  let folder: string;
  let client: ApiClient;
  let rep: number;
  let colleague: number;
  const opened: { close(): unknown }[] = [];

  beforeAll(async () => {
    network = await sipNetwork();
    base = await freshDatabase();
    department = await callingDepartment(base.url, { reps: 2, companies: 3 });
    [rep = 0, colleague = 0] = department.reps.map(({ id }) => id);
    folder = await mkdtemp(path.join(tmpdir(), 'zagon-sip-killed-'));
    const trunks = path.join(folder, 'trunks.json');
    await writeFile(trunks, JSON.stringify([trunkTo(network.carrier.host)]));
    const env = {
      TELEPHONY: 'sip',
      SIP_JANUS_URLS: network.janus.url,
      SIP_JANUS_SECRET: janusSecret,
      SIP_TRUNKS_FILE: trunks,
      SIP_SHARED_FOLDER: path.join(folder, 'shared'),
    };
    server = await ServerProcess.start({ databaseUrl: base.url, env });
    client = await department.signIn(server.url, 'rep1@test.local');
  });
  afterAll(async () => {
    await Promise.all(opened.map((each) => each.close()));
    await server.end();
    await department.close();
    await base.drop();
    await network.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const inState = (state: CallView['state']): Promise<CallView> =>
    vi.waitFor(async () => {
      const { call } = await client.get(currentCall);
      expect(call.state).toBe(state);
      return call;
    }, patience);

  const restart = async (): Promise<void> => {
    await server.kill();
    await server.startAgain();
  };
  const headsetOf = async (user: ApiClient, repId: number, hertz: number): Promise<WeriftHeadset> => {
    const socket = user.socket();
    opened.push({ close: () => socket.close() });
    const headset = new WeriftHeadset(hertz);
    opened.push(headset);
    const connectHeadset = async (_repId: number, sdp: string): Promise<{ answerSdp: string }> => {
      const answer: unknown = await socket.emitWithAck('headset:offer', { computerId: randomUUID(), sdp });
      return { answerSdp: clientEvents['headset:offer'].reply.parse(answer).sdp };
    };
    await headset.connect({ connectHeadset }, repId);
    headset.speak();
    await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(0);
    return headset;
  };
  const often = { ...patience, interval: 200 };
  const hears = (headset: WeriftHeadset, hertz: number) => {
    headset.takeHeard();
    return expect.poll(() => toneShare(headset.takeHeard(), hertz, 8000), often).toBeGreaterThan(0.3);
  };
  /** Whom we hung up, by the last digits of his number. */
  const endings = async () => {
    const byes = (await network.carrier.messages()).split('----').filter((message) => message.includes('\nBYE '));
    return byes.map((message) => /^To: .*(\d{4})@/m.exec(message)?.[1]);
  };
  /** Half a minute of ours on a machine, which nobody speaks any more when our process is gone. */
  const leaveLongMessage = async (user: ApiClient): Promise<void> => {
    const { lead } = await user.get(nextCall);
    await department.setFate(lead.id, voices.silent);
    const wav = Buffer.from(toneClip(700, 30)).toString('base64');
    await user.get(addVoiceClip, { body: { name: 'long', scope: 'own', wav } });
    const { id } = await user.get(startCall, { body: { leadId: lead.id }, headers: { 'idempotency-key': 'a message to leave' } });
    const state = async () => (await user.get(currentCall)).call.state;
    await expect.poll(state, patience).toBe('answered');
    await user.get(leaveMessage, { params: { id } });
    await expect
      .poll(() => department.database.prisma.call.findUniqueOrThrow({ where: { id } }), patience)
      .toMatchObject({ endCause: 'machine' });
  };
  const party = async () => (await client.get(currentCall)).call.party;

  it('and nobody in it notices: not who waits on hold, not who is asked in; a machine is not left on the line; all goes on, obeys, ends and is recorded whole', async () => {
    const { lead } = await client.get(nextCall);
    await department.setFate(lead.id, voices.tone);
    const headset = await headsetOf(client, rep, 1000);
    const second = await department.signIn(server.url, 'rep2@test.local');
    const colleagues = await headsetOf(second, colleague, 1700);
    await client.ask(startCall, { body: { leadId: lead.id }, headers: { 'idempotency-key': 'a call to go on with' } });
    const { id } = await inState('answered');
    await hears(headset, 440);
    await client.get(consultCall, { params: { id }, body: { to: `+7900000${voices.talks}` } });
    await vi.waitFor(async () => expect(await party()).toMatchObject({ state: 'joined' }), patience);
    await leaveLongMessage(second);
    await restart();
    expect(await party()).toMatchObject({ state: 'joined' });
    expect(await inState('answered')).toMatchObject({ id, held: true, party: { state: 'joined' } });
    headset.takeHeard();
    await expect.poll(() => levelDecibels(headset.takeHeard()), often).toBeGreaterThan(-50);
    await client.get(dismissParty, { params: { id } });
    await vi.waitFor(async () => expect(await party()).toBeNull(), patience);
    expect(await endings()).toEqual([voices.silent, voices.talks]);

    await client.get(consultCall, { params: { id }, body: { repId: colleague } });
    await second.get(joinCall, { params: { id } });
    await client.get(mergeCall, { params: { id } });
    await hears(colleagues, 440);
    await restart();
    await hears(colleagues, 440);
    await hears(headset, 1700);
    expect(await party()).toMatchObject({ state: 'merged' });
    await client.get(holdCall, { params: { id } });
    await vi.waitFor(async () => expect((await client.get(currentCall)).call.held).toBe(true), patience);
    await client.get(dismissParty, { params: { id } });
    await hears(headset, 440);
    await expect.poll(() => levelDecibels(colleagues.takeHeard()), often).toBeLessThan(-60);
    await client.get(hangupCall, { params: { id } });
    expect(await inState('ended')).toMatchObject({ endCause: 'completed' });
    expect(await endings()).toEqual([voices.silent, voices.talks, voices.tone]);
    const recording = () => department.database.prisma.recording.findUnique({ where: { callId: id } });
    await expect.poll(async () => (await recording())?.status, patience).toBe('ready');
    const { answeredAt, endedAt } = await department.database.prisma.call.findUniqueOrThrow({ where: { id } });
    const seconds = ((endedAt?.getTime() ?? 0) - (answeredAt?.getTime() ?? 0)) / 1000;
    expect(Math.abs(Number((await recording())?.durationSeconds) - seconds)).toBeLessThan(0.5);
  });

  it('and the prospect who was just hearing that he is recorded hears it again before he is', async () => {
    const { prisma } = department.database;
    await prisma.setting.create({ data: { key: 'recordings', value: { announce: true } } });
    const head = await department.signIn(server.url, 'head@test.local');
    const wav = Buffer.from(toneClip(700, 2)).toString('base64');
    await head.get(addVoiceClip, { body: { name: 'announcement', scope: 'announcement', wav } });
    client = await department.signIn(server.url, 'rep2@test.local');
    const { lead } = await client.get(nextCall);
    await department.setFate(lead.id, voices.tone);
    await client.ask(startCall, { body: { leadId: lead.id }, headers: { 'idempotency-key': 'a call to announce' } });
    const announced = async (state: CallView['announcement']): Promise<void> =>
      vi.waitFor(async () => expect((await client.get(currentCall)).call.announcement).toBe(state), patience);
    await announced('playing');
    await server.kill();
    await server.startAgain();
    await announced('played');
    const { id } = await inState('answered');
    await client.get(hangupCall, { params: { id } });
    await inState('ended');
    const events = await prisma.callEvent.findMany({ where: { callId: id, kind: { startsWith: 'announcement' } }, orderBy: { id: 'asc' } });
    expect(events.map(({ kind }) => kind)).toEqual(['announcementStarted', 'announcementStarted', 'announcementEnded']);
    await expect.poll(async () => (await prisma.recording.findUnique({ where: { callId: id } }))?.status, patience).toBe('ready');
  });
});

describe.skipIf(!hasSip)('Janus is killed in the middle of a call', () => {
  const notebook = new CarrierNotebook();
  let network: SipNetwork;
  let second: TestJanus;
  let rig: SipRig;
  const repId = 1;

  beforeAll(async () => {
    network = await sipNetwork();
    second = await startJanus();
    rig = await sipRig(notebook, { janusUrls: [network.janus.url, second.url], trunks: [trunkTo(network.carrier.host)] });
  });
  afterAll(async () => {
    await rig.close();
    await second.stop();
    await network.carrier.stop();
  });

  const connect = async (): Promise<WeriftHeadset> => {
    const headset = new WeriftHeadset(1000);
    await headset.connect(rig.telephony, repId);
    headset.speak();
    await expect.poll(() => notebook.lines.at(-1)?.state, patience).toBe('connected');
    return headset;
  };
  const dial = async (callId: number): Promise<void> => {
    await rig.telephony.dial({ callId, repId, to: `+7900000${voices.tone}`, from: null, ringTimeoutSeconds: 15, record: true });
    await expect.poll(() => notebook.kinds(callId), patience).toContain('answered');
  };

  it('the call ends as the provider’s error, its recording is kept as a part, and the rep goes on with another', async () => {
    const headset = await connect();
    await dial(1);
    headset.takeHeard();
    await expect.poll(() => headset.heardSeconds, patience).toBeGreaterThan(2);
    await network.janus.kill();
    await expect.poll(() => notebook.cause(1), patience).toBe('providerError');
    expect(notebook.lines.at(-1)).toEqual({ repId, state: 'interrupted' });
    await headset.close();
    await expect.poll(() => notebook.recordingOf(1), patience).toMatchObject({ kind: 'ready', partial: true });
    const recording = notebook.recordingOf(1);
    if (recording?.kind !== 'ready') throw new Error('the recording is missing');
    const { left, right, sampleRate } = await readStereo(recording.filePath);
    expect(toneSeconds(left, 1000, sampleRate)).toBeGreaterThan(0.2);
    expect(toneSeconds(right, 440, sampleRate)).toBeGreaterThan(0.2);

    const again = await connect();
    await dial(2);
    await expect.poll(() => toneShare(again.takeHeard(), 440, 8000), { ...patience, interval: 200 }).toBeGreaterThan(0.8);
    await again.close();
    expect(await rig.telephony.health()).toMatchObject({ ok: false, detail: expect.stringContaining('Janus 1 of 2') });
  });
});
