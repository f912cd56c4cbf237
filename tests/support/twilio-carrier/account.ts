import { ok, page, type ApiReply } from './api-parts.ts';
import { Fields } from './fields.ts';
import { carrierDate, notFound } from './refusal.ts';

/** What an account's owner set up in its console. */
export interface AccountSetup {
  status: 'active' | 'suspended';
  type: 'Full' | 'Trial';
  appSid: string;
  /** Where the app leads. */
  voiceUrl: string;
  voiceMethod: 'GET' | 'POST';
  /** What each of the account's numbers is set to. */
  number: {
    voiceUrl: string;
    statusUrl: string;
    method: 'GET' | 'POST';
    canSpeak: boolean;
    /** Sends its calls to a TwiML app instead, or to a SIP trunk. */
    applicationSid: string | null;
    trunkSid: string | null;
  };
  /** Numbers of other carriers that may be shown. */
  verifiedNumbers: string[];
  /** The media of recordings is given to whoever asks. */
  isMediaPublic: boolean;
  /** How far the carrier's clock is ahead of ours. */
  clockAheadSeconds: number;
  /** What the carrier could not do with our addresses lately. */
  notifications: { errorCode: string; requestUrl: string; at: Date }[];
}

/** As README says that an account is to be set up. */
export const rightSetup = (publicUrl: string, appSid: string): AccountSetup => ({
  status: 'active',
  type: 'Full',
  appSid,
  voiceUrl: `${publicUrl}/telephony/twilio/headset`,
  voiceMethod: 'POST',
  number: {
    voiceUrl: `${publicUrl}/telephony/twilio/inbound`,
    statusUrl: `${publicUrl}/telephony/twilio/inbound/status`,
    method: 'POST',
    canSpeak: true,
    applicationSid: null,
    trunkSid: null,
  },
  verifiedNumbers: [],
  isMediaPublic: false,
  clockAheadSeconds: 0,
  notifications: [],
});

/** The resources of the API that show how an account is set up. */
export class AccountResources {
  readonly #parts: { accountSid: string; account: AccountSetup; ownNumbers: readonly string[] };

  constructor(parts: { accountSid: string; account: AccountSetup; ownNumbers: readonly string[] }) {
    this.#parts = parts;
  }

  /** Null for what is none of its resources. */
  handle(route: string, sid: string, query: URLSearchParams): ApiReply | null {
    const { accountSid, account } = this.#parts;
    switch (route) {
      case 'GET ':
      case 'GET':
        return ok({ sid: accountSid, status: account.status, type: account.type, friendly_name: 'Test' });
      case 'GET Applications x':
        if (sid !== account.appSid) throw notFound(sid);
        return ok({ sid, voice_url: account.voiceUrl, voice_method: account.voiceMethod });
      case 'GET IncomingPhoneNumbers':
        return ok(page('incoming_phone_numbers', this.#numbers(query)));
      case 'GET OutgoingCallerIds':
        return ok(page('outgoing_caller_ids', this.#verified(query)));
      case 'GET Notifications':
        return ok(page('notifications', this.#notifications(query)));
      default:
        return null;
    }
  }

  #numbers(query: URLSearchParams): object[] {
    const { number } = this.#parts.account;
    const wanted = query.get('PhoneNumber');
    return this.#parts.ownNumbers
      .filter((one) => wanted === null || one === wanted)
      .map((one, index) => ({
        sid: `PN${String(index).padStart(32, '0')}`,
        phone_number: one,
        voice_url: number.voiceUrl,
        voice_method: number.method,
        voice_application_sid: number.applicationSid,
        trunk_sid: number.trunkSid,
        status_callback: number.statusUrl,
        status_callback_method: number.method,
        capabilities: { voice: number.canSpeak, sms: true, mms: false, fax: false },
      }));
  }

  #verified(query: URLSearchParams): object[] {
    const wanted = query.get('PhoneNumber');
    return this.#parts.account.verifiedNumbers
      .filter((one) => one === wanted)
      .map((one) => ({ sid: `PN${'9'.repeat(32)}`, phone_number: one }));
  }

  #notifications(query: URLSearchParams): object[] {
    const fields = new Fields(query);
    fields.allowOnly(['Log', 'MessageDate', 'MessageDate>', 'MessageDate<', 'PageSize', 'Page', 'PageToken']);
    return this.#parts.account.notifications.map(({ errorCode, requestUrl, at }) => ({
      sid: `NO${'0'.repeat(32)}`,
      log: '0',
      error_code: errorCode,
      more_info: `https://www.twilio.com/docs/errors/${errorCode}`,
      request_url: requestUrl,
      message_date: carrierDate(at),
    }));
  }
}
