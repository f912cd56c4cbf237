import path from 'node:path';
import type { CarrierLegs, CarrierPace } from '../../../app/ports/carrier-legs.ts';
import type { Log } from '../../../app/ports/log.ts';
import {
  HeadsetCheckImpossible,
  HeadsetElsewhere,
  type DialOutcome,
  type DialRequest,
  type HeadsetAccess,
  type LookUpOutcome,
  type MessageWanted,
  type Telephony,
  type TelephonyHealth,
  type TelephonyListener,
} from '../../../app/ports/telephony.ts';
import { accessTokenFor } from './access-token.ts';
import { answerCaller, takeMessageOf } from './arriving.ts';
import { Addresses } from './addresses.ts';
import { failureOf, openClient, type RequestClient, type TwilioAccount } from './api.ts';
import { hangUp, sendDigits, setHold, setMuted, transferTo } from './commands.ts';
import { dialProspect } from './dialling.ts';
import { Teller, type Line } from './line.ts';
import { lookUpCall } from './look-up.ts';
import { sweepRecordings } from './recording-words.ts';
import { TwilioWebhooks } from './webhooks.ts';

const sweepMilliseconds = 60_000;
/** Health is asked often; the account only so often. */
const healthMilliseconds = 30_000;

export interface TwilioOptions {
  account: TwilioAccount & { appSid: string; callerIds: readonly string[]; authTokens: readonly string[] };
  /** How Twilio reaches us; signatures are made over it. */
  publicUrl: string;
  dataFolder: string;
  legs: CarrierLegs;
  pace: CarrierPace;
  callsPerSecond: number;
  deleteFetched: boolean;
  log: Log;
  now?: () => Date;
  wait?: (milliseconds: number) => Promise<void>;
  requestClient?: RequestClient;
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Twilio: each rep's browser stays in a room of his own, prospects are dialled into it and recorded on their own leg. */
export class TwilioTelephony implements Telephony {
  readonly name = 'twilio';
  readonly webhooks: TwilioWebhooks;
  readonly #line: Line;
  readonly #dialled = new Set<number>();
  #running = false;
  #sweeping: NodeJS.Timeout | undefined;
  #health: { until: number; found: TelephonyHealth } | null = null;

  constructor(options: TwilioOptions) {
    this.#line = {
      ...options,
      client: openClient(options.account, options.requestClient),
      addresses: new Addresses(options.publicUrl),
      folder: path.join(options.dataFolder, 'twilio'),
      now: options.now ?? (() => new Date()),
      wait: options.wait ?? pause,
      unfinished: new Set(),
      tell: new Teller(),
    };
    this.webhooks = new TwilioWebhooks(this.#line);
  }

  start(listener: TelephonyListener): Promise<void> {
    this.#line.tell.listener = listener;
    this.#running = true;
    this.#sweeping = setInterval(() => void this.sweep(), sweepMilliseconds);
    this.#sweeping.unref();
    return Promise.resolve();
  }

  /** Calls at Twilio outlive this process; without `endCalls` they are simply left to the next one. */
  async stop(how: { endCalls: boolean; graceSeconds: number }): Promise<void> {
    this.#running = false;
    clearInterval(this.#sweeping);
    if (how.endCalls) await Promise.all([...this.#dialled].map((callId) => hangUp(this.#line, callId)));
    await Promise.all(this.#line.unfinished);
  }

  async health(): Promise<TelephonyHealth> {
    if (!this.#running) return { ok: false, detail: 'the line to Twilio is not started' };
    if (this.#health && this.#health.until > Date.now()) return this.#health.found;
    const found = await this.#askAccount();
    this.#health = { until: Date.now() + healthMilliseconds, found };
    return found;
  }

  async dial(request: DialRequest): Promise<DialOutcome> {
    if (!this.#running) return { kind: 'refused', cause: 'providerError', carrierWord: 'shutting-down' };
    this.#dialled.add(request.callId);
    return dialProspect(this.#line, request);
  }

  async hangup(callId: number): Promise<void> {
    await hangUp(this.#line, callId);
  }

  async answer(callId: number, repId: number): Promise<void> {
    await answerCaller(this.#line, callId, repId);
  }

  async turnAway(callId: number): Promise<void> {
    await hangUp(this.#line, callId);
  }

  async takeMessage(callId: number, wanted: MessageWanted): Promise<void> {
    await takeMessageOf(this.#line, callId, wanted);
  }

  async hold(callId: number): Promise<void> {
    await setHold(this.#line, callId, true);
  }

  async unhold(callId: number): Promise<void> {
    await setHold(this.#line, callId, false);
  }

  async mute(callId: number): Promise<void> {
    await setMuted(this.#line, callId, true);
  }

  async unmute(callId: number): Promise<void> {
    await setMuted(this.#line, callId, false);
  }

  async sendDigits(callId: number, digits: string): Promise<void> {
    await sendDigits(this.#line, callId, digits);
  }

  async transfer(callId: number, to: string): Promise<void> {
    await transferTo(this.#line, callId, to);
  }

  lookUp(callId: number): Promise<LookUpOutcome> {
    return lookUpCall(this.#line, callId);
  }

  headsetAccess(repId: number): Promise<HeadsetAccess> {
    return Promise.resolve({ kind: 'twilio', ...accessTokenFor(repId, this.#line.account, this.#line.now()) });
  }

  connectHeadset(): Promise<{ answerSdp: string }> {
    return Promise.reject(new HeadsetElsewhere('the browser speaks with Twilio itself'));
  }

  addHeadsetCandidate(): Promise<void> {
    return Promise.reject(new HeadsetElsewhere('the browser speaks with Twilio itself'));
  }

  /** The browser hangs its own call up; what remains is only to tell. */
  disconnectHeadset(repId: number): Promise<void> {
    this.#line.tell.headset(repId, 'closed');
    return Promise.resolve();
  }

  playHeadsetCheck(): Promise<void> {
    return Promise.reject(new HeadsetCheckImpossible('the browser plays the check itself'));
  }

  /** Settles recordings that callbacks were lost of. */
  async sweep(): Promise<void> {
    try {
      await sweepRecordings(this.#line);
    } catch (error) {
      this.#line.log.error({ err: error }, 'recordings at Twilio were not swept; the next sweep tries again');
    }
  }

  async #askAccount(): Promise<TelephonyHealth> {
    try {
      const account = await this.#line.client.api.v2010.accounts(this.#line.account.accountSid).fetch();
      if (account.status !== 'active') return { ok: false, detail: `the Twilio account is ${account.status}` };
      return { ok: true, detail: `Twilio answers; ${this.#line.callsPerSecond} calls a second` };
    } catch (error) {
      return { ok: false, detail: `Twilio cannot be used: ${failureOf(error).carrierWord}` };
    }
  }
}
