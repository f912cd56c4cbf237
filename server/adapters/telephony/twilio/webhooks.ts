import { z } from 'zod';
import { enterRoom, playDigits, playForever, turnAway } from './documents.ts';
import { takeCallStatus, takeMachine } from './call-words.ts';
import type { Line } from './line.ts';
import { labelOfRep, repOfIdentity, roomOf } from './names.ts';
import { takeArriving, takeArrivingStatus } from './arriving.ts';
import { takeRecordingWord } from './recording-words.ts';
import { takeRoomWord } from './room-words.ts';
import { isFromTwilio, type SignedRequest } from './signature.ts';

export interface WebhookRequest {
  /** Below `/telephony/twilio`, without the query. */
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

/** What Twilio gets: a document to obey, or nothing but the receipt. */
export type WebhookReply = { kind: 'twiml'; document: string } | { kind: 'taken' } | { kind: 'unknown' };

const headsetWord = z.object({ CallSid: z.string(), From: z.string() });
const digitsQuery = z.object({ digits: z.string(), nonce: z.string() });

const receipt: WebhookReply = { kind: 'taken' };
const twiml = (document: string): WebhookReply => ({ kind: 'twiml', document });

/** Everything that Twilio tells or asks us. Who verifies has done so before: nothing here is reached by a forged request. */
export class TwilioWebhooks {
  readonly #line: Line;

  constructor(line: Line) {
    this.#line = line;
  }

  isGenuine(request: Omit<SignedRequest, 'url'> & { path: string }): boolean {
    return isFromTwilio(this.#line.account.authTokens, { ...request, url: this.#line.addresses.signed(request.path) });
  }

  async answer({ path, query, form }: WebhookRequest): Promise<WebhookReply> {
    const words = Object.fromEntries(form);
    const [about, id = '', what = ''] = path.split('/').filter((part) => part !== '');
    const number = /^\d{1,9}$/.test(id) ? Number(id) : null;
    switch (number === null ? about : `${about ?? ''} ${what}`.trim()) {
      case 'headset':
        return this.#headset(headsetWord.parse(words));
      case 'hold':
        return twiml(playForever(this.#line.addresses.sound('hold')));
      case 'inbound':
        return this.#inbound(id, words);
      case 'calls status':
        await takeCallStatus(this.#line, number ?? 0, words);
        return receipt;
      case 'calls machine':
        await takeMachine(this.#line, number ?? 0, words);
        return receipt;
      case 'calls recording':
        await takeRecordingWord(this.#line, number ?? 0, words);
        return receipt;
      case 'calls digits':
        return this.#digits(number ?? 0, digitsQuery.parse(Object.fromEntries(query)));
      case 'rooms':
        await takeRoomWord(this.#line, number ?? 0, words);
        return receipt;
      default:
        return { kind: 'unknown' };
    }
  }

  /** The rep's browser has connected its call: it enters the rep's room. */
  async #headset({ CallSid, From }: z.infer<typeof headsetWord>): Promise<WebhookReply> {
    const repId = repOfIdentity(From);
    if (repId === null) {
      this.#line.log.warn({}, 'a call came to the address of the headsets that is no headset');
      return twiml(turnAway());
    }
    const live = await this.#line.legs.liveOf(repId);
    return twiml(
      enterRoom({
        name: roomOf(repId),
        label: labelOfRep(repId, CallSid),
        muted: live?.muted ?? false,
        callback: this.#line.addresses.room(repId),
      }),
    );
  }

  /** Somebody calls one of our numbers, or has hung up. */
  async #inbound(what: string, words: Record<string, string>): Promise<WebhookReply> {
    if (what === 'status') {
      await takeArrivingStatus(this.#line, words);
      return receipt;
    }
    const isTaken = await takeArriving(this.#line, words);
    return twiml(isTaken ? playForever(this.#line.addresses.sound('ringing')) : turnAway());
  }

  async #digits(callId: number, { digits, nonce }: z.infer<typeof digitsQuery>): Promise<WebhookReply> {
    await this.#line.tell.event({
      callId,
      eventKey: `digits:${nonce}`,
      at: this.#line.now(),
      carrierWord: 'announcement',
      body: { kind: 'digits', digits },
    });
    return twiml(playDigits(digits));
  }
}
