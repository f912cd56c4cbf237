import { createServer } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openDatabase, type Database } from '../../server/adapters/db/client.ts';
import { carrierLegs, carrierPace } from '../../server/adapters/db/stores/carrier-legs.ts';
import type { Actor } from '../../server/app/actor.ts';
import { startCall } from '../../server/app/calls/start-call.ts';
import type { App } from '../../server/entrypoints/app.ts';
import { composeApp, composeWeb } from '../../server/entrypoints/compose.ts';
import { readEnv } from '../../server/entrypoints/env.ts';
import { createCarrier, telephonyListener } from '../../server/entrypoints/telephony.ts';
import { nextCall } from '../../server/app/queue/next-call.ts';
import { callingDepartment, type CallingDepartment } from '../support/calling-department.ts';
import { freshDatabase, type FreshDatabase } from '../support/database.ts';
import { sendOverHttp, type OutgoingRequest } from '../support/twilio-carrier/deliveries.ts';
import { testAccount, TwilioCarrier } from '../support/twilio-carrier/carrier.ts';

const patiently = { timeout: 15_000, interval: 20 };
const clock = { now: () => new Date() };

let base: FreshDatabase;
let database: Database;
let department: CallingDepartment;
let dataDir: string;
let app: App;
let carrier: TwilioCarrier;
let close: () => Promise<void>;
/** What the carrier sent us, to send it again. */
const sent: OutgoingRequest[] = [];

beforeAll(async () => {
  base = await freshDatabase();
  department = await callingDepartment(base.url, { reps: 6, companies: 30 });
  database = openDatabase(base.url);
  dataDir = await mkdtemp(path.join(tmpdir(), 'zagon-twilio-'));
  const httpServer = createServer();
  await new Promise<void>((resolve) => httpServer.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;
  const send = (request: OutgoingRequest) => {
    sent.push(request);
    return sendOverHttp(request);
  };
  carrier = new TwilioCarrier({ publicUrl, speed: 10, callsPerSecond: 100, withSound: true, send });
  const env = readEnv({
    DATABASE_URL: base.url,
    SESSION_SECRET: 'x'.repeat(32),
    DATA_DIR: dataDir,
    PUBLIC_URL: publicUrl,
    TELEPHONY: 'twilio',
    TWILIO_ACCOUNT_SID: testAccount.accountSid,
    TWILIO_AUTH_TOKEN: testAccount.authToken,
    TWILIO_AUTH_TOKEN_NEXT: 'the token after it',
    TWILIO_API_KEY_SID: testAccount.apiKeySid,
    TWILIO_API_KEY_SECRET: testAccount.apiKeySecret,
    TWILIO_APP_SID: testAccount.appSid,
    TWILIO_CALLER_IDS: testAccount.numbers.join(','),
    TWILIO_API_URL: await carrier.listen(),
    TWILIO_CALLS_PER_SECOND: '50',
  });
  const logger = pino({ level: 'silent' });
  const { telephony, webhooks } = createCarrier(env, '.', { log: logger, clock, database });
  app = composeApp({ env, logger, telephony, database, clock });
  const web = composeWeb({ env, logger, app, database, httpServer, console: null, carrierWebhooks: webhooks, isStopping: () => false });
  await telephony.start(telephonyListener(app, () => undefined).listener);
  close = async () => {
    await telephony.stop({ endCalls: true, graceSeconds: 0 });
    await carrier.close();
    await telephony.stop({ endCalls: false, graceSeconds: 0 });
    await web.close();
    httpServer.closeAllConnections();
    httpServer.close();
  };
});

afterAll(async () => {
  await close();
  await database.close();
  await department.close();
  await base.drop();
  await rm(dataDir, { recursive: true, force: true });
});

const actor = (index: number): Actor => {
  const rep = department.reps[index];
  if (!rep) throw new Error('there is no such rep');
  return { id: rep.id, name: `rep${index}`, role: 'rep', teamId: 1, timeZone: 'Europe/Moscow', locale: 'ru' };
};

/** Claims the next lead of a rep, gives its number a fate and dials it. */
async function dial(index: number, fate: string): Promise<{ callId: number; to: string }> {
  const rep = actor(index);
  const claim = await nextCall(app, rep);
  if (!claim) throw new Error('nobody to call');
  await department.setFate(claim.lead.id, fate);
  const call = await startCall(app, rep, { leadId: claim.lead.id, phoneId: undefined, idempotencyKey: `key-${index}-${fate}` });
  const { phoneE164 } = await database.prisma.call.findUniqueOrThrow({ where: { id: call.id } });
  return { callId: call.id, to: phoneE164 };
}

const stateOf = async (callId: number) => (await database.prisma.call.findUniqueOrThrow({ where: { id: callId } })).state;

describe('calls over Twilio, on the real base', () => {
  it('carry a talk from the dial to its recording; told again, nothing changes', async () => {
    const { callId } = await dial(0, '0001');
    await vi.waitFor(async () => expect(await stateOf(callId)).toBe('answered'), patiently);
    // A recording shorter than a word is told as absent.
    const answeredAt = Date.now();
    await vi.waitFor(() => expect(Date.now() - answeredAt).toBeGreaterThan(300), patiently);
    await app.telephony.hangup(callId);
    await vi.waitFor(async () => {
      expect(await stateOf(callId)).toBe('ended');
      expect(await database.prisma.recording.findUnique({ where: { callId } })).toMatchObject({ status: 'pending' });
    }, patiently);
    const before = await database.prisma.call.findUniqueOrThrow({ where: { id: callId }, include: { events: true } });
    for (const request of [...sent].reverse()) expect((await sendOverHttp(request)).status).toBeLessThan(300);
    expect(await database.prisma.call.findUniqueOrThrow({ where: { id: callId }, include: { events: true } })).toEqual(before);
    expect(carrier.complaints).toEqual([]);
  });

  it('refuse every request with a byte changed before the base is asked anything', async () => {
    const genuine = sent.find(({ url }) => url.endsWith('/status'));
    if (!genuine?.body) throw new Error('the carrier told nothing');
    const signature = genuine.headers['x-twilio-signature'] ?? '';
    const flip = (text: string, at: number): string => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    const forged: OutgoingRequest[] = [
      { ...genuine, headers: { ...genuine.headers, 'x-twilio-signature': '' } },
      { ...genuine, url: `${genuine.url}?more=1` },
      { ...genuine, url: genuine.url.replace(/calls\/\d+/, 'calls/999') },
      // The last two letters of base64 hold fewer bits than they show.
      ...Array.from({ length: signature.length - 2 }, (_, at) => ({
        ...genuine,
        headers: { ...genuine.headers, 'x-twilio-signature': flip(signature, at) },
      })),
      ...Array.from({ length: genuine.body.length }, (_, at) => ({ ...genuine, body: flip(genuine.body ?? '', at) })),
    ];
    let asked = 0;
    const count = (): void => void (asked += 1);
    database.pool.on('acquire', count);
    for (const request of forged) expect((await sendOverHttp(request)).status).toBe(403);
    expect(asked).toBe(0);
    expect((await sendOverHttp(genuine)).status).toBe(204);
    database.pool.off('acquire', count);
    expect(asked).toBeGreaterThan(0);
  });

  it('take the next token while the account rotates to it', async () => {
    carrier.authToken = 'the token after it';
    const { callId } = await dial(1, '0486');
    await vi.waitFor(async () => expect(await stateOf(callId)).toBe('ended'), patiently);
    carrier.authToken = testAccount.authToken;
  });

  it.each([
    ['reset after sending', '0506', 1],
    ['reset before it', '0505', 0],
  ])('dial once, whatever the answer: %s', async (_name, fate, dials) => {
    const { callId, to } = await dial(fate === '0506' ? 2 : 3, fate);
    const found = await app.telephony.lookUp(callId);
    expect(['live', 'ended']).toContain(found.kind);
    expect(carrier.dialsTo(to)).toBe(dials);
    await app.telephony.dial({ callId, repId: actor(2).id, to, from: null, ringTimeoutSeconds: 5, record: true });
    expect(carrier.dialsTo(to)).toBe(dials);
  });

  it('wait and try again when Twilio asks for fewer calls a second', async () => {
    let refusals = 0;
    carrier.faults = { dial: () => ((refusals += 1) <= 2 ? 'tooManyRequests' : null) };
    const { callId, to } = await dial(4, '0001');
    expect(await app.telephony.lookUp(callId)).toEqual({ kind: 'live' });
    expect(refusals).toBe(3);
    expect(carrier.dialsTo(to)).toBe(1);
    await app.telephony.hangup(callId);
    carrier.faults = {};
  });

  it('learn the end by asking when every callback of it was lost', async () => {
    carrier.faults = { delivery: ({ word }) => ({ lost: word === 'busy' }) };
    const { callId } = await dial(5, '0486');
    await vi.waitFor(async () => expect(await app.telephony.lookUp(callId)).toMatchObject({ kind: 'ended', cause: 'busy' }), patiently);
    carrier.faults = {};
  });
});

describe('what is remembered of a call at a carrier', () => {
  it('lets one live leg a rep be opened, and the same one known', async () => {
    const legs = carrierLegs(database.prisma);
    const calls = await database.prisma.call.findMany({ orderBy: { id: 'asc' } });
    const known = await legs.find(calls[0]?.id ?? 0);
    expect(known).toMatchObject({ phase: 'ended', recording: 'handedOver' });
    const again = { callId: calls[0]?.id ?? 0, repId: 1, to: '+79000000001', from: '+74950000000', record: true, openedAt: new Date() };
    expect(await legs.open(again)).toBe('known');
    expect(await legs.change(again.callId, ['waiting'], { phase: 'asked' })).toBe(false);
  });

  it('deals out turns at the pace of the account, and none before it may', async () => {
    const pace = carrierPace(database.prisma, 'a-carrier-of-its-own');
    const waits = await Promise.all([1, 2, 3, 4].map(() => pace.takeTurn(2)));
    const sorted = waits.sort((one, other) => one - other);
    expect(sorted[0]).toBeLessThan(50);
    expect(sorted[3]).toBeGreaterThan(1000);
    await pace.pushBack(5000);
    expect(await pace.takeTurn(2)).toBeGreaterThan(4000);
  });
});
