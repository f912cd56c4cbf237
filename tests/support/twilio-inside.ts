import twilio from 'twilio';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import { TwilioTelephony } from '../../server/adapters/telephony/twilio/twilio-telephony.ts';
import type { TelephonyListener } from '../../server/app/ports/telephony.ts';
import { MemoryLegs, noPace } from './memory-legs.ts';
import { testAccount, TwilioCarrier } from './twilio-carrier/carrier.ts';
import type { OutgoingRequest, Reply } from './twilio-carrier/deliveries.ts';

const publicUrl = 'https://zagon.test';
/** Nobody listens there: what goes past the two ways below fails. */
const apiUrl = 'http://127.0.0.1:9';

/** The library's own client; only the way to the network is replaced, by the carrier inside this process. */
function insideClient(carrier: () => TwilioCarrier) {
  const client = new twilio.RequestClient();
  client.axios.defaults.adapter = async (config) => {
    const reply = await carrier().request({
      method: (config.method ?? 'get').toUpperCase(),
      url: client.axios.getUri(config),
      authorization: String(config.headers.get('Authorization') ?? ''),
      body: typeof config.data === 'string' ? config.data : '',
    });
    if (reply === 'reset' || reply === 'hold') throw new Error('socket hang up');
    const data: unknown = 'json' in reply ? reply.json : reply.bytes;
    return { data, status: reply.status, statusText: '', headers: {}, config };
  };
  return client;
}

/** Media is fetched past the library; it comes from the same carrier. */
async function fetchInside(carrier: TwilioCarrier, url: string, headers: Headers): Promise<Response> {
  const reply = await carrier.request({ method: 'GET', url, authorization: headers.get('authorization') ?? undefined, body: '' });
  if (reply === 'reset' || reply === 'hold') throw new TypeError('fetch failed');
  if ('json' in reply) return Response.json(reply.json, { status: reply.status });
  return new Response(new Uint8Array(reply.bytes), { status: reply.status, headers: { 'content-length': String(reply.bytes.length) } });
}

/** An adapter of its own before a carrier that answers inside this process, for calls by the thousand. */
function adapterInside(carrier: () => TwilioCarrier, parts: { dataFolder: string; now: () => Date }) {
  const { accountSid, apiKeySid, apiKeySecret, appSid, numbers, authToken } = testAccount;
  const legs = new MemoryLegs();
  const telephony = new TwilioTelephony({
    account: { accountSid, apiKeySid, apiKeySecret, appSid, apiUrl, callerIds: numbers, authTokens: [authToken] },
    publicUrl,
    legs,
    pace: noPace,
    callsPerSecond: 10_000,
    deleteFetched: false,
    edge: 'roaming',
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    wait: () => Promise.resolve(),
    requestClient: insideClient(carrier),
    ...parts,
  });
  const take = async ({ url, headers, body }: OutgoingRequest): Promise<Reply> => {
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
  return { telephony, legs, take };
}

/** Carrier and adapter in one process; `sent` is what the carrier told, in its order. */
export async function twilioInside(listener: TelephonyListener) {
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'twilio-inside-'));
  const clock = { aheadMilliseconds: 0 };
  const now = (): Date => new Date(Date.now() + clock.aheadMilliseconds);
  const sent: OutgoingRequest[] = [];
  let carrier: TwilioCarrier | null = null;
  const theCarrier = (): TwilioCarrier => {
    if (!carrier) throw new Error('the carrier is not there yet');
    return carrier;
  };
  const adapter = adapterInside(theCarrier, { dataFolder, now });
  const send = (request: OutgoingRequest): Promise<Reply> => {
    sent.push(request);
    return adapter.take(request);
  };
  carrier = new TwilioCarrier({ publicUrl, speed: 100, callsPerSecond: 10_000, withSound: false, send });
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => fetchInside(theCarrier(), url, new Headers(init.headers)));
  await adapter.telephony.start(listener);
  return {
    ...adapter,
    carrier,
    clock,
    sent,
    /** Another adapter that has heard nothing yet. */
    another: () => adapterInside(theCarrier, { dataFolder, now }),
    close: async () => {
      await adapter.telephony.stop({ endCalls: false, graceSeconds: 0 });
      await theCarrier().close();
      vi.unstubAllGlobals();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}
