import type { CarrierLegs, CarrierPace } from '../../../app/ports/carrier-legs.ts';
import type { Log } from '../../../app/ports/log.ts';
import type { ArrivingCall, SupervisionWord, TelephonyListener } from '../../../app/ports/telephony.ts';
import type { CarrierEvent } from '../../../core/calls/carrier-event.ts';
import type { Addresses } from './addresses.ts';
import type { TwilioAccount, TwilioClient } from './api.ts';
import type { WaitingDials } from './waiting-dials.ts';

/** What the parts of this adapter share. */
export interface Line {
  account: TwilioAccount & { appSid: string; callerIds: readonly string[]; authTokens: readonly string[] };
  client: TwilioClient;
  addresses: Addresses;
  legs: CarrierLegs;
  pace: CarrierPace;
  callsPerSecond: number;
  /** Where recordings lie until they are ours. */
  folder: string;
  /** Recordings are deleted at Twilio once ours is stored and checked. */
  deleteFetched: boolean;
  /** What still runs after its callback was answered. */
  unfinished: Set<Promise<void>>;
  log: Log;
  now: () => Date;
  wait: (milliseconds: number) => Promise<void>;
  waitingDials: WaitingDials;
  tell: Teller;
}

/** Twilio repeats itself after a restart at most: older calls are told by the log's own keys. */
const rememberedEvents = 20_000;

/** Hands events on, each key once; one that was not taken is told again when Twilio repeats it. */
export class Teller {
  readonly #told = new Set<string>();
  listener: TelephonyListener | null = null;

  async event(event: CarrierEvent): Promise<void> {
    const key = `${event.callId}/${event.eventKey}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    try {
      await this.#mustListen().onCarrierEvent(event);
    } catch (error) {
      this.#told.delete(key);
      throw error;
    }
    if (this.#told.size <= rememberedEvents) return;
    const [oldest] = this.#told;
    if (oldest !== undefined) this.#told.delete(oldest);
  }

  arriving(call: ArrivingCall): Promise<number | null> {
    return this.#mustListen().onArrivingCall(call);
  }

  async recording(recording: Parameters<TelephonyListener['onRecording']>[0]): Promise<void> {
    await this.#mustListen().onRecording(recording);
  }

  async supervision(word: SupervisionWord): Promise<void> {
    await this.#mustListen().onSupervision(word);
  }

  headset(repId: number, state: 'connected' | 'interrupted' | 'closed'): void {
    this.listener?.onHeadsetLine(repId, { state });
  }

  /** Twilio hears an error and comes again: nothing is taken for told while nobody listens. */
  #mustListen(): TelephonyListener {
    if (!this.listener) throw new Error('the telephone line is not started');
    return this.listener;
  }
}
