import twilio from 'twilio';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { foldCall } from '../../server/core/calls/fold-call.ts';
import { TwilioTelephony } from '../../server/adapters/telephony/twilio/twilio-telephony.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { MemoryLegs, noPace } from '../support/memory-legs.ts';
import { testAccount, TwilioCarrier } from '../support/twilio-carrier/carrier.ts';
import type { OutgoingRequest, Reply } from '../support/twilio-carrier/deliveries.ts';

const calls = 1000;
const fates = ['0001', '0300', '0404', '0480', '0486', '0500', '0503', '0603', '0504', '0505', '0506', '1234'];
const publicUrl = 'https://zagon.test';

/** The library's requests, answered inside this process. */
class InsideClient extends twilio.RequestClient {
  readonly #carrier: TwilioCarrier;

  constructor(carrier: TwilioCarrier) {
    super();
    this.#carrier = carrier;
  }

  override async request(options: Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0]) {
    const url = new URL(options.uri);
    for (const [name, value] of Object.entries(options.params ?? {})) url.searchParams.set(name, String(value));
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries((options.data ?? {}) as Record<string, unknown>))
      for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) body.append(name, String(one));
    const authorization = `Basic ${Buffer.from(`${options.username ?? ''}:${options.password ?? ''}`).toString('base64')}`;
    const reply = await this.#carrier.request({
      method: options.method.toUpperCase(),
      url: url.href,
      authorization,
      body: body.toString(),
    });
    if (reply === 'reset') throw new Error('socket hang up');
    return { statusCode: reply.status, body: 'json' in reply ? reply.json : reply.bytes, headers: {}, toString: () => '' } as never;
  }
}

/** Chance that a test run can repeat. */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

let dataFolder: string;
let notebook: CarrierNotebook;
let legs: MemoryLegs;
let carrier: TwilioCarrier;
let telephony: TwilioTelephony;
/** Runs ahead when a test says that time has passed. */
let aheadMilliseconds = 0;

beforeEach(async () => {
  aheadMilliseconds = 0;
  dataFolder = await mkdtemp(path.join(tmpdir(), 'twilio-thousand-'));
  notebook = new CarrierNotebook();
  legs = new MemoryLegs();
  const send = async ({ url, headers, body }: OutgoingRequest): Promise<Reply> => {
    const { pathname, search, searchParams } = new URL(url);
    const signature = headers['x-twilio-signature'];
    const genuine = { path: pathname + search, signature, isJson: false, rawBody: Buffer.from(body ?? '') };
    if (!telephony.webhooks.isGenuine(genuine)) return { status: 403, contentType: '', text: 'wrong signature' };
    const reply = await telephony.webhooks.answer({
      path: pathname.replace('/telephony/twilio', ''),
      query: searchParams,
      form: new URLSearchParams(body ?? ''),
    });
    return reply.kind === 'twiml'
      ? { status: 200, contentType: 'text/xml', text: reply.document }
      : { status: 204, contentType: '', text: '' };
  };
  carrier = new TwilioCarrier({ publicUrl, speed: 100, callsPerSecond: 10_000, withSound: false, send });
  const { accountSid, apiKeySid, apiKeySecret, appSid, numbers, authToken } = testAccount;
  telephony = new TwilioTelephony({
    account: { accountSid, apiKeySid, apiKeySecret, appSid, apiUrl: 'http://127.0.0.1:9', callerIds: numbers, authTokens: [authToken] },
    publicUrl,
    dataFolder,
    legs,
    pace: noPace,
    callsPerSecond: 10_000,
    deleteFetched: false,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    now: () => new Date(Date.now() + aheadMilliseconds),
    wait: () => Promise.resolve(),
    requestClient: new InsideClient(carrier),
  });
  await telephony.start(notebook);
});

afterEach(async () => {
  await telephony.stop({ endCalls: false, graceSeconds: 0 });
  await carrier.close();
  await rm(dataFolder, { recursive: true, force: true });
});

it('ends each of a thousand calls, dialled once at most, through loss, copies, delay and ambiguous answers', async () => {
  const chance = chanceFrom(20_261_123);
  carrier.faults = {
    delivery: () => ({ lost: chance() < 0.1, copies: chance() < 0.1 ? 2 : 1, lateMilliseconds: Math.floor(chance() * 60) }),
    dial: () => (chance() < 0.03 ? 'tooManyRequests' : chance() < 0.03 ? 'serverErrorAfter' : null),
  };
  const numbers = Array.from({ length: calls }, (_, index) => `+7${String(900_000 + index)}${fates[index % fates.length] ?? ''}`);
  const intentAt = new Date(Date.now() - 1000);
  const outcomes = await Promise.all(
    numbers.map((to, index) =>
      telephony.dial({ callId: index + 1, repId: index + 1, to, from: null, ringTimeoutSeconds: 20, record: true }),
    ),
  );
  await vi.waitFor(
    () => expect([...carrier.exchange.legs.values()].every((leg) => leg.isOver || leg.status === 'in-progress')).toBe(true),
    {
      timeout: 30_000,
      interval: 50,
    },
  );
  for (let callId = 1; callId <= calls; callId += 1) await telephony.hangup(callId);
  await carrier.deliveries.settled();
  // What nothing was heard of is asked after, once early and once when Twilio's lists must have it.
  for (const passed of [0, 120_000]) {
    aheadMilliseconds = passed;
    for (let callId = 1; callId <= calls; callId += 1) await telephony.lookUp(callId);
  }
  const answered = (kind: string): number => outcomes.filter((outcome) => outcome.kind === kind).length;
  expect(answered('accepted')).toBeGreaterThan(500);
  expect(answered('ambiguous')).toBeGreaterThan(150);
  for (const [index, to] of numbers.entries()) {
    const callId = index + 1;
    expect(carrier.dialsTo(to), `dials of call ${callId}`).toBeLessThanOrEqual(1);
    const found = await telephony.lookUp(callId);
    // What really was dialled has an end; what was not is unheard of.
    const wasDialled = carrier.dialsTo(to) === 1;
    expect(found.kind, `call ${callId}, ${outcomes[index]?.kind ?? ''}`).toBe(wasDialled ? 'ended' : 'unheardOf');
    const ends = notebook.of(callId).filter((event) => event.body.kind === 'ended');
    expect(ends.length).toBeLessThanOrEqual(1);
    if (found.kind === 'ended' && ends.length === 1) expect(foldCall(notebook.of(callId), intentAt).endCause).toBe(found.cause);
  }
  expect(carrier.complaints).toEqual([]);
});
