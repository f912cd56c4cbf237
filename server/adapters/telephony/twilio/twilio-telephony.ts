import path from 'node:path';
import type { CarrierLegs, CarrierPace } from '../../../app/ports/carrier-legs.ts';
import type { Log } from '../../../app/ports/log.ts';
import {
  HeadsetCheckImpossible,
  HeadsetElsewhere,
  type Announcement,
  type Coaching,
  type DialOutcome,
  type DialRequest,
  type HeadsetAccess,
  type LookUpOutcome,
  type MessageWanted,
  type SpokenClip,
  type Telephony,
  type TelephonyHealth,
  type TelephonyListener,
} from '../../../app/ports/telephony.ts';
import type { CallParty } from '../../../core/calls/call-party.ts';
import { apologise, joinHeld } from './held-lines.ts';
import { settleAnnouncements } from './announcing.ts';
import { accessTokenFor } from './access-token.ts';
import { answerCaller, takeMessageOf } from './arriving.ts';
import { WaitingDials } from './waiting-dials.ts';
import { Addresses } from './addresses.ts';
import { changeCoaching, leaveCoaching, ticketFor } from './coaching.ts';
import { failureOf, openClient, type RequestClient, type TwilioAccount } from './api.ts';
import { hangUp, sendDigits, setHold, setMuted, setRecordingPaused } from './commands.ts';
import { dialProspect } from './dialling.ts';
import { leaveMessage } from './left-messages.ts';
import { Teller, type Line } from './line.ts';
import { lookUpCall } from './look-up.ts';
import { askIn, dismiss, merge } from './parties.ts';
import { RecordingSweep } from './recording-sweep.ts';
import { transferTo } from './transfers.ts';
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
  /** Where the reps' browsers speak with Twilio: one of its edges, or `roaming` for the nearest. */
  edge: string;
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
  readonly coaching: Coaching;
  readonly #line: Line;
  readonly #edge: string;
  readonly #dialled = new Set<number>();
  readonly #joining = new Map<string, Promise<void>>();
  readonly #recordings: RecordingSweep;
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
      waitingDials: new WaitingDials(),
      unfinished: new Set(),
      tell: new Teller(),
    };
    this.#edge = options.edge;
    this.#recordings = new RecordingSweep(this.#line);
    this.webhooks = new TwilioWebhooks(this.#line);
    this.coaching = {
      ticket: (part) => ticketFor(this.#line, part),
      change: (part) => changeCoaching(this.#line, part),
      leave: (part) => leaveCoaching(this.#line, part),
    };
  }

  start(listener: TelephonyListener): Promise<void> {
    this.#line.tell.listener = listener;
    this.#running = true;
    this.#sweeping = setInterval(() => void this.sweep(), sweepMilliseconds);
    this.#sweeping.unref();
    // What the process before this one left is settled now, not in a minute.
    void this.sweep();
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

  async answer(callId: number, repId: number, announcement: Announcement | null = null): Promise<void> {
    await answerCaller(this.#line, callId, repId, announcement);
  }

  async connectToRep(callId: number, repId: number): Promise<void> {
    // Asked while it is under way, it is the same joining.
    const key = `${callId} ${repId}`;
    const underWay = this.#joining.get(key) ?? joinHeld(this.#line, callId, repId).finally(() => this.#joining.delete(key));
    this.#joining.set(key, underWay);
    await underWay;
  }

  async apologise(callId: number): Promise<void> {
    await apologise(this.#line, callId);
  }

  async turnAway(callId: number): Promise<void> {
    await hangUp(this.#line, callId);
  }

  async takeMessage(callId: number, wanted: MessageWanted): Promise<void> {
    await takeMessageOf(this.#line, callId, wanted);
  }

  async leaveMessage(callId: number, clip: SpokenClip): Promise<void> {
    await leaveMessage(this.#line, callId, clip);
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

  async transfer(callId: number, to: CallParty): Promise<void> {
    await transferTo(this.#line, callId, to);
  }

  async consult(callId: number, party: CallParty): Promise<void> {
    await askIn(this.#line, callId, party);
  }

  async mergeParty(callId: number): Promise<void> {
    await merge(this.#line, callId);
  }

  async dismissParty(callId: number): Promise<void> {
    await dismiss(this.#line, callId);
  }

  async pauseRecording(callId: number): Promise<void> {
    await setRecordingPaused(this.#line, callId, true);
  }

  async resumeRecording(callId: number): Promise<void> {
    await setRecordingPaused(this.#line, callId, false);
  }

  lookUp(callId: number): Promise<LookUpOutcome> {
    return lookUpCall(this.#line, callId);
  }

  headsetAccess(repId: number): Promise<HeadsetAccess> {
    return Promise.resolve({ kind: 'twilio', ...accessTokenFor(repId, this.#line.account, this.#line.now()), edge: this.#edge });
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

  /** Settles announcements and recordings that callbacks were lost of. */
  async sweep(): Promise<void> {
    try {
      await settleAnnouncements(this.#line);
      await this.#recordings.run();
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
