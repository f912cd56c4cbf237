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
  /** The carrier takes so many calls a second: this one is asked for after about so long. Nobody was dialled yet. */
  | { kind: 'waiting'; seconds: number }
  | { kind: 'dialing' }
  | { kind: 'ringing' }
  | { kind: 'answered' }
  | { kind: 'answeredBy'; by: AnsweredBy }
  | { kind: 'held' }
  | { kind: 'unheld' }
  | { kind: 'muted' }
  | { kind: 'unmuted' }
  | { kind: 'digits'; digits: string }
  /** The prospect went on to somebody else (`to` is a word of `partyWord`); our side is out. */
  | { kind: 'transferred'; to: string }
  /** Somebody else is being asked into the call, is with the rep, hears the prospect too, has gone. `party` is a word of `partyWord`. */
  | { kind: 'partyAsked' | 'partyJoined' | 'partyMerged' | 'partyLeft'; party: string }
  /** What is said between these two is in no recording: it is silent there and as long. */
  | { kind: 'recordingPaused' }
  | { kind: 'recordingResumed' }
  /**
   * The prospect hears, alone, that he will be recorded; it takes about so long. Nothing of the call is recorded before
   * `announcementEnded`, from which on everything is.
   */
  | { kind: 'announcementStarted'; seconds: number }
  | { kind: 'announcementEnded' }
  /** The rep left a clip of ours on a machine: it is played to its end without him, and `ended` follows at once. */
  | { kind: 'messageLeft'; clipId: number }
  /** Nobody answered an arriving call; the caller is leaving a message. */
  | { kind: 'voicemail' }
  /** `takenBack`: by our own side while it waited; nobody was dialled. */
  | { kind: 'ended'; cause: EndCause; takenBack?: boolean }
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

/** Whether what was told proves that the carrier dialled. */
export const provesDial = (body: CarrierEventBody): boolean =>
  body.kind !== 'waiting' && !(body.kind === 'ended' && body.takenBack === true);
