import twilio from 'twilio';
import type BaseClient from 'twilio/lib/base/RequestClient.js';
import type { EndCause } from '../../../core/calls/carrier-event.ts';
import { roomEvents } from './documents.ts';
import { refusalCauseOf } from './words.ts';
import type { Addresses } from './addresses.ts';

/** Twilio answers within this or the answer is in doubt. */
const answerMilliseconds = 10_000;

export interface TwilioAccount {
  accountSid: string;
  apiKeySid: string;
  apiKeySecret: string;
  /** `https://api.twilio.com`, or a test carrier. */
  apiUrl: string;
}

export type TwilioClient = ReturnType<typeof twilio>;
export type RequestClient = InstanceType<typeof twilio.RequestClient>;

/** The library always speaks to api.twilio.com; this sends its requests to the configured host. */
class HostClient extends twilio.RequestClient {
  readonly #apiUrl: string;

  constructor(apiUrl: string) {
    super({ timeout: answerMilliseconds });
    this.#apiUrl = apiUrl;
  }

  override request<Data>(options: BaseClient.RequestOptions<Data>): ReturnType<typeof twilio.RequestClient.prototype.request<Data>> {
    return super.request<Data>({ ...options, uri: options.uri.replace('https://api.twilio.com', this.#apiUrl) });
  }
}

/** Signed in with an API key: the auth token is only the verifier's. */
export function openClient(account: TwilioAccount, requestClient: RequestClient = new HostClient(account.apiUrl)): TwilioClient {
  return twilio(account.apiKeySid, account.apiKeySecret, { accountSid: account.accountSid, httpClient: requestClient });
}

/** What a failed request means for what we asked. */
export type Failure =
  | { kind: 'throttled'; carrierWord: string }
  | { kind: 'gone'; carrierWord: string }
  | { kind: 'refused'; cause: EndCause; carrierWord: string }
  /** It may or may not have been done. */
  | { kind: 'ambiguous'; carrierWord: string };

/** Twilio's "call is not in progress": it was quicker than we. */
const alreadyOverCode = 21_220;

export function failureOf(error: unknown): Failure {
  if (!(error instanceof twilio.RestException))
    return { kind: 'ambiguous', carrierWord: error instanceof Error ? error.message : String(error) };
  const carrierWord = `${error.status} ${error.code ?? ''}`.trim();
  if (error.status === 429) return { kind: 'throttled', carrierWord };
  if (error.status >= 500) return { kind: 'ambiguous', carrierWord };
  if (error.status === 404 || error.code === alreadyOverCode) return { kind: 'gone', carrierWord };
  return { kind: 'refused', cause: refusalCauseOf(error.code), carrierWord };
}

export interface ParticipantRequest {
  callId: number;
  room: string;
  label: string;
  repId: number;
  to: string;
  from: string;
  ringTimeoutSeconds: number;
  record: boolean;
}

/** Dials somebody into a room; his leg is recorded with a channel for each side. */
export async function addProspect(
  client: TwilioClient,
  addresses: Addresses,
  request: ParticipantRequest,
): Promise<{ sid: string; roomSid: string }> {
  const { callId } = request;
  const participant = await client.conferences(request.room).participants.create({
    to: request.to,
    from: request.from,
    label: request.label,
    timeout: request.ringTimeoutSeconds,
    beep: 'false',
    waitUrl: '',
    // The rep hears the ringing and the network's own words.
    earlyMedia: true,
    endConferenceOnExit: false,
    statusCallback: addresses.callStatus(callId),
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
    conferenceStatusCallback: addresses.room(request.repId),
    conferenceStatusCallbackEvent: [...roomEvents],
    machineDetection: 'Enable',
    amdStatusCallback: addresses.machine(callId),
    record: request.record,
    ...(request.record
      ? {
          recordingChannels: 'dual',
          recordingStatusCallback: addresses.recording(callId),
          recordingStatusCallbackEvent: ['completed', 'absent'],
          // As long as the call, or places in it could not be found by the clock.
          trim: 'do-not-trim',
        }
      : {}),
  });
  return { sid: participant.callSid, roomSid: participant.conferenceSid };
}
