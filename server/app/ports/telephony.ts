import type { CarrierEvent, EndCause } from '../../core/calls/carrier-event.ts';

/** A request to place one outbound call. `callId` is our own id of the written intent and travels with every event. */
export interface DialRequest {
  callId: number;
  repId: number;
  /** E.164, with the leading plus. */
  to: string;
  /** E.164 caller id, or null for the carrier's default. */
  from: string | null;
  ringTimeoutSeconds: number;
  /** Two channels when true: left the rep, right the prospect. */
  record: boolean;
}

/**
 * What the carrier said to a dial request.
 * `ambiguous` means that it may or may not have dialled: never retried, always reconciled with `lookUp`.
 */
export type DialOutcome =
  | { kind: 'accepted'; carrierCallId: string }
  | { kind: 'refused'; cause: EndCause; carrierWord: string }
  | { kind: 'ambiguous'; carrierWord: string };

/** A call that reached one of our numbers and waits, hearing it ring, until we say what becomes of it. */
export interface ArrivingCall {
  /** The carrier's own word for the call; told again, it is the same call. */
  carrierCallId: string;
  /** E.164, or null when the caller hides his number. */
  from: string | null;
  /** The number of ours that was called, E.164. */
  to: string;
  at: Date;
}

/** How a message is taken from a caller whom nobody answered. */
export interface MessageWanted {
  /** Says that nobody can answer before the beep; otherwise only the beep. */
  greeting: boolean;
  /** The carrier ends the call after this. */
  longestSeconds: number;
}

/** What the carrier knows of a call after we lost sight of it. */
export type LookUpOutcome =
  { kind: 'live' } | { kind: 'ended'; cause: EndCause; endedAt: Date; carrierWord: string } | { kind: 'unheardOf' };

/** A finished recording as the carrier hands it over; the file still has to be stored by us. */
export type CarrierRecording =
  | {
      kind: 'ready';
      callId: number;
      /** A local WAV file (PCM 16 bit, two channels: left rep, right prospect), ours to move away. */
      filePath: string;
      durationSeconds: number;
      /** Told when the carrier lost a part, so that it is never shown as whole. */
      partial: boolean;
    }
  | { kind: 'missing'; callId: number; reason: string };

/** State of the rep's audio line to us, as measured at our end. */
export type HeadsetLine =
  | { state: 'connecting' }
  | { state: 'connected' }
  /** The network dropped; the rep has a grace to come back before his call is ended. */
  | { state: 'interrupted' }
  | { state: 'closed' };

/** A command came for a call that is not answered and live at the carrier (any more). */
export class CallNotLive extends Error {
  override name = 'CallNotLive';
  constructor(callId: number) {
    super(`call ${callId} is not live`);
  }
}

/** The rep at whose headset a call was to be answered is in another. */
export class LineInUse extends Error {
  override name = 'LineInUse';
  constructor(repId: number) {
    super(`rep ${repId} is in another call`);
  }
}

/** The headset check was asked for without a line or during a call. */
export class HeadsetCheckImpossible extends Error {
  override name = 'HeadsetCheckImpossible';
}

/** The carrier's browser kit carries the rep's voice: there is no line to negotiate with us. */
export class HeadsetElsewhere extends Error {
  override name = 'HeadsetElsewhere';
}

/** How a rep's browser brings his voice: over WebRTC to us, or with the carrier's own kit and a token that expires. */
export type HeadsetAccess = { kind: 'server' } | { kind: 'twilio'; token: string; identity: string; expiresAt: Date };

export interface TelephonyListener {
  onCarrierEvent(event: CarrierEvent): Promise<void>;
  /**
   * A call arrived. The answer is our id, by which both sides speak of it from then on, or null when we do not take it: the
   * carrier then turns it away. Events of the call follow the answer. What happened before we answered is not repeated as an event.
   */
  onArrivingCall(call: ArrivingCall): Promise<number | null>;
  onRecording(recording: CarrierRecording): Promise<void>;
  onHeadsetLine(repId: number, line: HeadsetLine): void;
}

export interface TelephonyHealth {
  ok: boolean;
  /** For people: what is wrong, or what is in use. */
  detail: string;
}

/**
 * The one way to a telephone network. Every adapter passes the same conformance suite (tests/conformance).
 * Commands answer when the carrier took them; the truth comes as an event.
 */
export interface Telephony {
  readonly name: 'sandbox' | 'twilio' | 'sip';
  start(listener: TelephonyListener): Promise<void>;
  /** Stops taking new calls; with `endCalls` live ones are hung up, without it they are left to finish for `graceSeconds`. */
  stop(how: { endCalls: boolean; graceSeconds: number }): Promise<void>;
  health(): Promise<TelephonyHealth>;
  dial(request: DialRequest): Promise<DialOutcome>;
  /** Before the answer this cancels; an arriving call that waits is turned away. A call that is over, or was never heard of, is hung up already. */
  hangup(callId: number): Promise<void>;
  /**
   * Connects an arriving call that waits to the rep's headset and records it as a dialled one; `answered` follows as an event.
   * Throws CallNotLive when the caller has gone or was answered already, LineInUse when the rep is in another call.
   */
  answer(callId: number, repId: number): Promise<void>;
  /** Turns an arriving call away as if by hand; it ends as `rejected`. One that is over, or was never heard of, is gone already. */
  turnAway(callId: number): Promise<void>;
  /**
   * Lets the caller of an arriving call leave a message: `voicemail` follows as an event, then `ended` with `noAnswer` and the
   * recording (left our greeting, right the caller). Asked again it goes on as before. Throws CallNotLive when he has gone or was answered.
   */
  takeMessage(callId: number, wanted: MessageWanted): Promise<void>;
  /** This and the commands below throw CallNotLive. */
  hold(callId: number): Promise<void>;
  unhold(callId: number): Promise<void>;
  mute(callId: number): Promise<void>;
  unmute(callId: number): Promise<void>;
  /** Characters 0-9 * # A-D and w (half a second of silence). */
  sendDigits(callId: number, digits: string): Promise<void>;
  /** Blind transfer of the prospect to a number; the rep's side ends. */
  transfer(callId: number, to: string): Promise<void>;
  lookUp(callId: number): Promise<LookUpOutcome>;
  headsetAccess(repId: number): Promise<HeadsetAccess>;
  /** Answers the browser's WebRTC offer (no trickle needed); a newer offer of the same rep replaces the older line. */
  connectHeadset(repId: number, offerSdp: string): Promise<{ answerSdp: string }>;
  addHeadsetCandidate(repId: number, candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null }): Promise<void>;
  disconnectHeadset(repId: number): Promise<void>;
  /** Plays a short tone or loops the rep's own voice back, for the headset check. Throws HeadsetCheckImpossible. */
  playHeadsetCheck(repId: number, what: 'tone' | 'echo' | 'stop'): Promise<void>;
}
