import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { RTCDtlsTransport } from 'werift';
import { checkAccount } from '../../server/adapters/telephony/twilio/check/check-account.ts';
import type { AccountToCheck, KeptNumber, Outside } from '../../server/adapters/telephony/twilio/check/account-to-check.ts';
import { realOutside } from '../../server/adapters/telephony/twilio/check/reach.ts';
import { keptNumbers } from '../../scripts/lib/kept-numbers.ts';
import { openDatabase } from '../../server/adapters/db/client.ts';
import { CarrierNotebook } from '../support/carrier-listener.ts';
import { freshDatabase } from '../support/database.ts';
import { testAccount, TwilioCarrier } from '../support/twilio-carrier/carrier.ts';
import { twilioRig } from '../support/twilio-rig.ts';

const publicUrl = 'https://zagon.example';
let rig: Awaited<ReturnType<typeof twilioRig>>;
let carrier: TwilioCarrier;
let apiUrl: string;
/** The name and the certificate are thought, the server behind them is real: its own check of signatures answers. */
let outside: Outside;

beforeEach(async () => {
  carrier = new TwilioCarrier({ publicUrl });
  apiUrl = await carrier.listen();
  rig = await twilioRig(new CarrierNotebook(), {}, { publicUrl });
  outside = {
    addressesOf: () => Promise.resolve([{ address: '203.0.113.7', family: 4 }]),
    ask: (request) =>
      request.url.endsWith('/healthz')
        ? Promise.resolve({ status: 200, contentType: 'application/json', text: '{"ok":true}' })
        : realOutside.ask({ ...request, url: request.url.replace(publicUrl, rig.localUrl) }),
  };
});
afterEach(async () => {
  await rig.close();
  await carrier.close();
});

interface Setting {
  account?: Partial<Parameters<typeof checkAccount>[0]['account']>;
  publicUrl?: string;
  ownNumbers?: AccountToCheck['ownNumbers'];
  outside?: Partial<Outside>;
}

function check(setting: Setting = {}) {
  const { accountSid, apiKeySid, apiKeySecret, appSid, numbers, authToken } = testAccount;
  const account = { accountSid, apiKeySid, apiKeySecret, appSid, callerIds: numbers, apiUrl, authTokens: [authToken], callsPerSecond: 1 };
  return checkAccount({
    account: { ...account, ...setting.account },
    publicUrl: setting.publicUrl ?? publicUrl,
    ownNumbers: setting.ownNumbers ?? [],
    outside: { ...outside, ...setting.outside },
    now: () => new Date(),
  });
}

/** Everything that is said to be wrong. */
const wrongs = async (setting: Setting = {}): Promise<string[]> =>
  (await check(setting)).filter(({ ok }) => !ok).map(({ sentence }) => sentence);
const failing = (code: string): Promise<never> =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('no'), { code }) }));

it('finds nothing wrong with an account and an address that are set up as README says', async () => {
  expect(await wrongs()).toEqual([]);
  const said = (await check()).map(({ sentence }) => sentence).join('\n');
  for (const part of ['API key', 'TWILIO_AUTH_TOKEN', 'clock', 'TwiML app', testAccount.numbers[0], '203.0.113.7', 'Webhooks are answered'])
    expect(said).toContain(part);
  expect(carrier.exchange.legs.size).toBe(0);
});

it.each<[string, Setting, string]>([
  ['the API key', { account: { apiKeySecret: 'another' } }, 'The account is right, but not the API key'],
  ['the auth token', { account: { authTokens: ['the next token'] } }, "TWILIO_AUTH_TOKEN is not this account's"],
  ['the next auth token', { account: { authTokens: [testAccount.authToken, 'later'] } }, 'TWILIO_AUTH_TOKEN_NEXT is not valid yet'],
  ['the way to Twilio', { account: { apiUrl: 'http://127.0.0.1:9' } }, 'Twilio cannot be reached at http://127.0.0.1:9'],
  ['the app', { account: { appSid: `AP${'d'.repeat(32)}` } }, 'The TwiML app is not there'],
  ['a number of nobody', { account: { callerIds: ['+79990000000'] } }, '+79990000000 is not a number of this account, nor verified'],
  ['a name without an address', { outside: { addressesOf: () => failing('ENOTFOUND') } }, 'leads nowhere (ENOTFOUND)'],
  [
    'a name that leads into the house',
    { outside: { addressesOf: () => Promise.resolve([{ address: '192.168.1.5', family: 4 }]) } },
    'which only your own network knows',
  ],
  ['nobody who listens', { outside: { ask: () => failing('ECONNREFUSED') } }, 'nobody listens there'],
  ['an expired certificate', { outside: { ask: () => failing('CERT_HAS_EXPIRED') } }, 'its certificate has expired'],
  [
    'another server',
    { outside: { ask: () => Promise.resolve({ status: 200, contentType: 'text/html', text: 'Welcome to nginx' }) } },
    'is not this server',
  ],
  [
    'an address that leads on',
    { outside: { ask: () => Promise.resolve({ status: 301, contentType: '', text: '' }) } },
    'leads on to another',
  ],
])('says in words what is wrong, and nothing else: %s', async (_what, setting, words) => {
  expect(await wrongs(setting)).toEqual([expect.stringContaining(words)]);
});

it('says when neither key nor token is of the account, and when an address cannot be one of ours', async () => {
  expect(await wrongs({ account: { apiKeySecret: 'another', authTokens: ['another'] } })).toContainEqual(
    expect.stringContaining('is TWILIO_ACCOUNT_SID right'),
  );
  expect(await wrongs({ publicUrl: 'http://localhost:3000' })).toContainEqual(
    expect.stringContaining('PUBLIC_URL must be an https address'),
  );
});

it.each<[string, (setup: TwilioCarrier['account']) => unknown, string]>([
  ['a trial', (setup) => (setup.type = 'Trial'), 'trial: it calls verified numbers only'],
  ['a suspended account', (setup) => (setup.status = 'suspended'), 'The account is suspended'],
  ['a clock', (setup) => (setup.clockAheadSeconds = 300), 'behind Twilio’s: headsets are refused'],
  [
    'an app that leads elsewhere',
    (setup) => (setup.voiceUrl = ''),
    `leads nowhere: set its voice address to ${publicUrl}/telephony/twilio/headset`,
  ],
  ['an app that asks by GET', (setup) => (setup.voiceMethod = 'GET'), 'The TwiML app asks by GET'],
  ['a dumb number', (setup) => (setup.number.canSpeak = false), 'cannot speak'],
  ['a number on a trunk', (setup) => (setup.number.trunkSid = 'TK1'), 'go to a SIP trunk of yours (TK1)'],
  ['a number of an app', (setup) => (setup.number.applicationSid = 'AP1'), 'go to the TwiML app AP1'],
  ['a number that leads elsewhere', (setup) => (setup.number.voiceUrl = 'https://demo.twilio.com/'), 'set its voice address to'],
  ['a number that tells no end', (setup) => (setup.number.statusUrl = ''), 'set its call status address to'],
  ['a number that asks by GET', (setup) => (setup.number.method = 'GET'), 'set both its methods to POST'],
  [
    'errors that Twilio had with us',
    (setup) => setup.notifications.push({ errorCode: '11200', requestUrl: `${publicUrl}/telephony/twilio/rooms/1`, at: new Date() }),
    'Twilio could not use our address 1 times within the last day',
  ],
])('says what is wrong with how the account is set up: %s', async (_what, spoil, words) => {
  spoil(carrier.account);
  const [number = ''] = testAccount.numbers;
  expect(await wrongs({ account: { callerIds: [number] } })).toEqual([expect.stringContaining(words)]);
});

it('takes a verified number of another carrier for one to be shown', async () => {
  carrier.account.verifiedNumbers.push('+79990000000');
  expect(await wrongs({ account: { callerIds: ['+79990000000'] } })).toEqual([]);
});

const kept = (e164: string, more: Partial<KeptNumber> = {}): KeptNumber => ({ e164, enabled: true, restsUntil: null, ...more });
const saidOf = async (setting: Setting, e164: string): Promise<string[]> =>
  (await check(setting)).map(({ sentence }) => sentence).filter((sentence) => sentence.includes(e164));

it('looks at every number that the console keeps besides those of the settings, each once', async () => {
  const [shown = '', pooled = ''] = testAccount.numbers;
  const strange = '+79990000000';
  const account = { callerIds: [shown] };
  expect(await wrongs({ account, ownNumbers: [kept(shown), kept(pooled), kept(strange)] })).toEqual([
    `${strange} is not a number of this account, nor verified: buy it, verify it, or take it out of the console (Settings → Our numbers).`,
  ]);
  expect(await saidOf({ account, ownNumbers: [kept(shown), kept(pooled)] }, shown)).toEqual([`${shown} leads here.`]);
  carrier.account.number.voiceUrl = 'https://demo.twilio.com/';
  expect(await wrongs({ account, ownNumbers: [kept(pooled)] })).toEqual([
    expect.stringContaining(`Calls to ${shown} go elsewhere`),
    expect.stringContaining(`Calls to ${pooled} go elsewhere: set its voice address to ${publicUrl}/telephony/twilio/inbound`),
  ]);
});

it('says of a number that is off or rests that nobody is shown it, and of an empty list what is shown instead', async () => {
  const [shown = ''] = testAccount.numbers;
  const account = { callerIds: [shown] };
  const until = (days: number): Date => new Date(Date.now() + days * 86_400_000);
  expect(await saidOf({ account, ownNumbers: [kept(shown, { enabled: false })] }, shown)).toEqual([
    `${shown} leads here. It is switched off in the console and not shown.`,
  ]);
  expect(await saidOf({ account, ownNumbers: [kept(shown, { restsUntil: until(3) })] }, shown)).toEqual([
    `${shown} leads here. It rests as spam and is not shown now.`,
  ]);
  expect(await saidOf({ account, ownNumbers: [kept(shown, { restsUntil: until(-3) })] }, shown)).toEqual([`${shown} leads here.`]);
  expect(await saidOf({ account }, 'TWILIO_CALLER_IDS')).toEqual([expect.stringContaining('The console keeps no own numbers')]);
});

it('reads them from the base of the running server, and says why when it cannot', async () => {
  const base = await freshDatabase();
  const database = openDatabase(base.url, { poolSize: 1 });
  await database.prisma.ownNumber.create({ data: { e164: '+74950000001', dailyLimit: 50, restsUntil: new Date('2026-12-01T00:00:00Z') } });
  await database.close();
  expect(await keptNumbers(base.url)).toEqual([kept('+74950000001', { restsUntil: new Date('2026-12-01T00:00:00Z') })]);
  await base.drop();
  expect(await keptNumbers('postgresql://nobody@127.0.0.1:9/zagon')).toEqual({ unreadable: 'the database does not run' });
  expect(await wrongs({ ownNumbers: await keptNumbers(null) })).toEqual([
    expect.stringContaining('could not be read: no database has been started on this data folder. Run this beside the running server'),
  ]);
});

it('says when the server behind the address would not believe Twilio, or believes everybody', async () => {
  rig.carrier.authToken = testAccount.authToken;
  const other: Partial<Outside> = {
    ask: (request) => outside.ask({ ...request, headers: { ...request.headers, 'x-twilio-signature': 'of another token' } }),
  };
  expect(await wrongs({ outside: other })).toEqual([expect.stringContaining('does not believe a request signed as Twilio signs')]);
  const everybody: Partial<Outside> = {
    ask: (request) =>
      request.method === 'GET' ? outside.ask(request) : Promise.resolve({ status: 200, contentType: 'text/xml', text: '' }),
  };
  expect(await wrongs({ outside: everybody })).toEqual([expect.stringContaining('answered 200 instead of 403')]);
  const sandbox: Partial<Outside> = {
    ask: (request) => (request.method === 'GET' ? outside.ask(request) : Promise.resolve({ status: 404, contentType: '', text: '' })),
  };
  expect(await wrongs({ outside: sandbox })).toEqual([expect.stringContaining('does not run with TELEPHONY=twilio')]);
});

it('says so of a real server with a certificate that nobody knows', async () => {
  const { certPem, privateKey } = await RTCDtlsTransport.SetupCertificate();
  const server = createServer({ cert: certPem, key: privateKey });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `https://127.0.0.1:${port}`;
  expect(await wrongs({ publicUrl: url, outside: { addressesOf: outside.addressesOf, ask: realOutside.ask } })).toContainEqual(
    expect.stringContaining('its certificate is self-signed'),
  );
  server.close();
  expect(await wrongs({ publicUrl: url, outside: realOutside })).toContainEqual(expect.stringContaining('leads to 127.0.0.1'));
});

it('tries to fetch a recording once one is kept, and says when strangers can', async () => {
  const leg = await carrier.callIn('+79000000001', testAccount.numbers[0] ?? '');
  const recording = carrier.recordings.start(leg, { callback: null, events: [] }, 2);
  recording.startedAt = new Date(Date.now() - 1000);
  carrier.recordings.stop(recording);
  expect(await wrongs()).toEqual([]);
  expect((await check()).map(({ sentence }) => sentence)).toContain('Recordings can be fetched by us and by nobody else.');
  carrier.account.isMediaPublic = true;
  expect(await wrongs()).toEqual([expect.stringContaining('Enforce HTTP Auth on media URLs')]);
});
