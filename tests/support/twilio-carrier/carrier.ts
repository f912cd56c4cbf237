import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rightSetup, type AccountSetup } from './account.ts';
import type { ApiReply } from './api-parts.ts';
import { Deliveries, sendOverHttp, type Send } from './deliveries.ts';
import { BrowserDevice, readToken, type Grant } from './devices.ts';
import { Exchange } from './exchange.ts';
import { dialFaultOf, fateOf } from './fates.ts';
import type { Faults } from './faults.ts';
import { SignallingGateway } from './gateway.ts';
import { Instructions } from './instructions.ts';
import type { Leg } from './leg.ts';
import { Recordings } from './recordings.ts';
import { CarrierRefusal } from './refusal.ts';
import { RestApi } from './rest-api.ts';

/** Long enough to be answered or to leave a message. */
const callerPatienceSeconds = 45;

export const testAccount = {
  accountSid: `AC${'a'.repeat(32)}`,
  authToken: 'token-of-the-test-account',
  apiKeySid: `SK${'b'.repeat(32)}`,
  apiKeySecret: 'secret-of-the-test-key',
  appSid: `AP${'c'.repeat(32)}`,
  numbers: ['+74950000000', '+78120000000', '+73430000000'],
};

export interface TestCarrierOptions {
  /** Where the account's app and numbers point: our public address. */
  publicUrl: string;
  speed?: number;
  callsPerSecond?: number;
  faults?: Faults;
  /** Instead of HTTP, for calls by the thousand. */
  send?: Send;
  withSound?: boolean;
}

export interface PlainRequest {
  method: string;
  url: string;
  authorization: string | undefined;
  body: string;
}

/** `reset` breaks the connection; `hold` never answers. */
export type PlainReply = ApiReply | 'reset' | 'hold';

/** Twilio as far as a telephone department meets it, keeping Twilio's contract and not our wishes. No call leaves the machine. */
export class TwilioCarrier {
  faults: Faults;
  authToken = testAccount.authToken;
  /** What Twilio would write into its debugger; a test that expects none asserts that this is empty. */
  readonly complaints: string[] = [];
  readonly deliveries: Deliveries;
  readonly recordings: Recordings;
  readonly exchange: Exchange;
  readonly account: AccountSetup;
  /** Where real browsers connect; it listens when a test asks it to. */
  readonly gateway: SignallingGateway;
  readonly #instructions: Instructions;
  readonly #api: RestApi;
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #clients = new Map<string, (caller: Leg) => Leg | null>();
  #dialRequests = 0;

  constructor(options: TestCarrierOptions) {
    const { accountSid, appSid, numbers } = testAccount;
    this.faults = options.faults ?? {};
    const complain = (complaint: string): void => void this.complaints.push(complaint);
    const faults = (): Faults => this.faults;
    const deliveries = new Deliveries({ authToken: () => this.authToken, faults, send: options.send ?? sendOverHttp, complain });
    const recordings = new Recordings({ accountSid, deliveries, faults, withSound: options.withSound ?? true });
    const [speed, callsPerSecond] = [options.speed ?? 1, options.callsPerSecond ?? 1];
    const exchange = new Exchange({ accountSid, deliveries, recordings, speed, callsPerSecond });
    const ringClient = (identity: string, caller: Leg): Leg | null => this.#clients.get(identity)?.(caller) ?? null;
    this.account = rightSetup(options.publicUrl, appSid);
    this.deliveries = deliveries;
    this.recordings = recordings;
    this.exchange = exchange;
    this.#instructions = new Instructions({ exchange, deliveries, recordings, ringClient, complain });
    this.gateway = new SignallingGateway({
      exchange,
      instructions: this.#instructions,
      voiceUrl: () => this.account.voiceUrl,
      readToken: (token) => this.#grantOf(token),
      complain,
    });
    this.#api = new RestApi({
      accountSid,
      exchange,
      recordings,
      instructions: this.#instructions,
      ownNumbers: numbers,
      staleMilliseconds: () => this.faults.staleReadMilliseconds ?? 0,
      account: this.account,
    });
  }

  /** Listens on a free port and answers its address. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.exchange.close();
    await this.gateway.close();
    await this.deliveries.settled();
    this.#server.closeAllConnections();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Dials as the account saw them: how often each number was really called. */
  dialsTo(number: string): number {
    return [...this.exchange.legs.values()].filter((leg) => leg.options.to === number).length;
  }

  /** A browser that signs in with our token and connects its call. */
  async connectBrowser(token: string, parameters: Record<string, string> = {}): Promise<BrowserDevice> {
    const device = new BrowserDevice(this.exchange, this.#grantOf(token).identity);
    await device.connect(this.#instructions, this.account.voiceUrl, parameters);
    return device;
  }

  /** Somebody calls one of our numbers. */
  async callIn(from: string, to: string): Promise<Leg> {
    const leg = this.exchange.arrive({
      to,
      from,
      direction: 'inbound',
      fate: fateOf(from),
      callback: { url: this.account.number.statusUrl, events: ['completed'] },
      timeoutSeconds: 60,
    });
    leg.voice.set(Date.now(), leg.options.fate.kind === 'answers' ? leg.options.fate.voice : null);
    this.exchange.later(leg, callerPatienceSeconds, () => this.exchange.end(leg, 'completed'));
    void this.#instructions.follow(leg, this.account.number.voiceUrl);
    return Promise.resolve(leg);
  }

  /** A browser that is signed in and takes calls to its identity. */
  registerClient(identity: string, ring: (caller: Leg) => Leg | null): void {
    this.#clients.set(identity, ring);
  }

  /** One request of the API, without any network. */
  async request({ method, url, authorization, body }: PlainRequest): Promise<PlainReply> {
    try {
      const { pathname, searchParams } = new URL(url);
      if (!(this.account.isMediaPublic && pathname.endsWith('.wav'))) this.#authorize(authorization);
      const account = `/2010-04-01/Accounts/${testAccount.accountSid}`;
      if (!pathname.startsWith(account)) throw new CarrierRefusal(404, 20404, `no such resource ${pathname}`);
      const path = pathname
        .slice(account.length + 1)
        .replace(/\.json$/, '')
        .replace(/^json$/, '');
      const request = { method, path, query: searchParams, form: new URLSearchParams(body) };
      if (method === 'POST' && /Participants$|^Calls$/.test(path)) return await this.#dial(request);
      const change = this.#changeFault(request);
      if (change === 'holdBefore') return 'hold';
      const reply = await this.#api.handle(request);
      return change === 'holdAfter' ? 'hold' : this.#spoil(request, reply);
    } catch (error) {
      if (error instanceof CarrierRefusal) {
        // Lost races are part of the trade; only what no caller should ever send is a complaint.
        if (![20404, 21220, 20429].includes(error.code)) this.complaints.push(`${error.code} ${method} ${url}: ${error.message}`);
        return { status: error.status, json: error.body };
      }
      throw error;
    }
  }

  async #dial(request: Parameters<RestApi['handle']>[0]): Promise<PlainReply> {
    const to = request.form.get('To') ?? '';
    this.#dialRequests += 1;
    const fault = (await this.faults.dial?.({ to, requestsSoFar: this.#dialRequests })) ?? dialFaultOf(to);
    switch (fault) {
      case 'tooManyRequests':
        throw new CarrierRefusal(429, 20429, 'Too Many Requests');
      case 'serverErrorBefore':
        return { status: 500, json: { code: 20500, message: 'Internal Server Error', status: 500 } };
      case 'resetBefore':
        return 'reset';
      case 'serverErrorAfter':
        await this.#api.handle(request);
        return { status: 503, json: { code: 20503, message: 'Service Unavailable', status: 503 } };
      case 'resetAfter':
        await this.#api.handle(request);
        return 'reset';
      case 'holdBefore':
        return 'hold';
      case 'holdAfter':
        await this.#api.handle(request);
        return 'hold';
      case null:
        return this.#api.handle(request);
      default:
        return fault satisfies never;
    }
  }

  #changeFault({ method, path }: Parameters<RestApi['handle']>[0]): 'holdBefore' | 'holdAfter' | null {
    const [resource, sid = ''] = path.split('/');
    return method === 'POST' && resource === 'Calls' ? (this.faults.change?.(sid) ?? null) : null;
  }

  /** What is obeyed and badly answered. */
  #spoil({ path }: Parameters<RestApi['handle']>[0], reply: ApiReply): PlainReply {
    const [, sid = ''] = path.split('/');
    if (!('bytes' in reply)) return reply;
    const { leg } = this.recordings.find(sid.replace(/\.wav$/, ''));
    return this.faults.media?.(leg.sid) === 'half' ? { ...reply, sent: Math.floor(reply.bytes.length / 2) } : reply;
  }

  #grantOf(token: string): Grant {
    const grant = readToken(token, { sid: testAccount.apiKeySid, secret: testAccount.apiKeySecret }, testAccount.accountSid);
    if (grant.appSid !== this.account.appSid) throw new Error('21218 the token names an unknown application');
    return grant;
  }

  #authorize(authorization: string | undefined): void {
    const [user, password] = Buffer.from(authorization?.replace(/^Basic /, '') ?? '', 'base64')
      .toString()
      .split(':');
    const isKey = user === testAccount.apiKeySid && password === testAccount.apiKeySecret;
    const isAccount = user === testAccount.accountSid && password === this.authToken;
    if (!isKey && !isAccount) throw new CarrierRefusal(401, 20003, 'Authenticate');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const reply = await this.request({
      method: request.method ?? 'GET',
      url: `http://carrier${request.url ?? '/'}`,
      authorization: request.headers.authorization,
      body: Buffer.concat(chunks).toString(),
    });
    response.setHeader('date', new Date(Date.now() + this.account.clockAheadSeconds * 1000).toUTCString());
    if (reply === 'hold') return;
    if (reply === 'reset') request.socket.destroy();
    else if ('bytes' in reply) {
      const { status, bytes, sent } = reply;
      response.writeHead(status, { 'content-type': 'audio/x-wav', 'content-length': bytes.length });
      if (sent === undefined) response.end(bytes);
      else response.write(bytes.subarray(0, sent));
    } else
      response
        .writeHead(reply.status, { 'content-type': 'application/json' })
        .end(reply.status === 204 ? undefined : JSON.stringify(reply.json));
  }
}
