import { z } from 'zod';
import { enterRoom, playDigits, playForever, turnAway } from './documents.ts';
import { letSupervisorIn } from './coaching.ts';
import { takeCallStatus, takeMachine } from './call-words.ts';
import { isClipTicket } from './clip-tickets.ts';
import type { Line } from './line.ts';
import { labelOfRep, repOfIdentity, roomOf } from './names.ts';
import { takeArriving, takeArrivingStatus } from './arriving.ts';
import { takePartyStatus } from './parties.ts';
import { takeRecordingWord } from './recording-words.ts';
import { takeRoomWord } from './room-words.ts';
import { handOver } from './transfers.ts';
import { isFromTwilio, type SignedRequest } from './signature.ts';

export interface WebhookRequest {
  /** Below `/telephony/twilio`, without the query. */
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

/** What Twilio gets: a document to obey, or nothing but the receipt. */
export type WebhookReply = { kind: 'twiml'; document: string } | { kind: 'taken' } | { kind: 'unknown' };

/** `supervision` is the parameter that a supervisor's browser connects with. */
const headsetWord = z.object({ CallSid: z.string(), From: z.string(), supervision: z.string().optional() });
const partyQuery = z.object({ party: z.string() });
const handOverQuery = z.object({ rep: z.coerce.number().int().positive() });
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

  /** Whether this address of a clip was made by us and still holds; what fetches it signs nothing. */
  mayHearClip(clipId: number, ticket: string): boolean {
    return isClipTicket(this.#line, clipId, ticket);
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
      case 'calls party':
        await takePartyStatus(this.#line, number ?? 0, partyQuery.parse(Object.fromEntries(query)).party, words);
        return receipt;
      case 'calls hand-over':
        return twiml(
          await handOver(this.#line, number ?? 0, handOverQuery.parse(Object.fromEntries(query)).rep, z.string().parse(words.CallSid)),
        );
      case 'calls digits':
        return this.#digits(number ?? 0, digitsQuery.parse(Object.fromEntries(query)));
      case 'rooms':
        await takeRoomWord(this.#line, number ?? 0, words);
        return receipt;
      default:
        return { kind: 'unknown' };
    }
  }

  /** A browser has connected its call: the rep's enters his room, a supervisor's the room of whose call he has a part in. */
  async #headset({ CallSid, From, supervision }: z.infer<typeof headsetWord>): Promise<WebhookReply> {
    if (supervision !== undefined) {
      return twiml(await letSupervisorIn(this.#line, { ticket: supervision, identity: From, callSid: CallSid }));
    }
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
