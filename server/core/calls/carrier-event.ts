/** How a call ended, in the trade's words; every carrier's own words are translated into these at its edge. */
export const endCauses = [
  'completed',
  'busy',
  'noAnswer',
  'rejected',
  'invalidNumber',
  'canceled',
  'machine',
  'providerError',
  'unknown',
] as const;
export type EndCause = (typeof endCauses)[number];

/** Where a call is; it only ever moves to the right. */
export const callStates = ['intent', 'dialing', 'ringing', 'answered', 'ended'] as const;
export type CallState = (typeof callStates)[number];

/** Who is at the far end, as far as the carrier can tell. */
export type AnsweredBy = 'human' | 'machine' | 'unknown';

/** What a carrier can tell about a call, after translation. */
export type CarrierEventBody =
  | { kind: 'dialing' }
  | { kind: 'ringing' }
  | { kind: 'answered' }
  | { kind: 'answeredBy'; by: AnsweredBy }
  | { kind: 'held' }
  | { kind: 'unheld' }
  | { kind: 'muted' }
  | { kind: 'unmuted' }
  | { kind: 'digits'; digits: string }
  | { kind: 'transferred'; to: string }
  /** Nobody answered an arriving call; the caller is leaving a message. */
  | { kind: 'voicemail' }
  | { kind: 'ended'; cause: EndCause }
  | { kind: 'unknown' };

export type CarrierEventKind = CarrierEventBody['kind'];

/**
 * One thing a carrier said about one call.
 * `eventKey` is unique inside the call, so that a repeated delivery is recognised; `carrierWord` keeps what the carrier
 * said verbatim; `at` is the carrier's clock.
 */
export interface CarrierEvent {
  callId: number;
  eventKey: string;
  at: Date;
  carrierWord: string;
  body: CarrierEventBody;
}
