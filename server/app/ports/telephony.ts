import type { CallParty } from '../../core/calls/call-party.ts';
import type { CarrierEvent, EndCause } from '../../core/calls/carrier-event.ts';
import type { SupervisionMode } from '../../core/supervision/mode.ts';

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
  /** What the prospect hears before any of the call is recorded; a `held` call's when it is joined to a rep. Null, also when absent: nothing. */
  announcement?: Announcement | null;
  /**
   * `onAnswer`, also when absent: the call takes the rep's line from the dial on, he hears it ring and is joined at the answer.
   * `held`: one of several lines dialled at once. It takes nobody's line and no headset hears it; `repId` only says for whom it is
   * meant. Who answers hears silence until `connectToRep`. All events come as of any call.
   */
  connect?: 'onAnswer' | 'held';
}

/**
 * What the carrier said to a dial request.
 * `ambiguous` means that it may or may not have dialled: never retried, always reconciled with `lookUp`.
 */
export type DialOutcome =
  | { kind: 'accepted'; carrierCallId: string }
  /** `takenBack`: hung up while it waited for a line, so that nobody was dialled. */
  | { kind: 'refused'; cause: EndCause; carrierWord: string; takenBack?: boolean }
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
  /** A colleague handed this prospect over out of his own call, which has ended by now; null for one who calls by himself. */
  handedOver: { fromCallId: number; toRepId: number } | null;
}

/** How a message is taken from a caller whom nobody answered. */
export interface MessageWanted {
  /** Says that nobody can answer before the beep; otherwise only the beep. */
  greeting: boolean;
  /** The carrier ends the call after this. */
  longestSeconds: number;
}

/** A spoken clip of ours. */
export interface SpokenClip {
  id: number;
  /** A whole file as `readClip` takes it: PCM 16 bit, one channel, 8 kHz. */
  wav: Uint8Array;
}

/**
 * Says that the call is recorded: a clip of the department's, or the carrier's own words for it. The prospect hears it alone, from the
 * answer (or the joining) on: `announcementStarted`, then `announcementEnded`, and the recording begins by itself.
 */
export type Announcement = SpokenClip | 'ownWords';

/** What the carrier knows of a call after we lost sight of it. */
export type LookUpOutcome =
  | { kind: 'live' }
  | { kind: 'ended'; cause: EndCause; endedAt: Date; carrierWord: string }
  | { kind: 'unheardOf' };

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

/** The prospect hears that he will be recorded: until that is over a call can only be hung up or muted. */
export class AnnouncementPlays extends Error {
  override name = 'AnnouncementPlays';
  constructor(callId: number) {
    super(`the announcement of call ${callId} is being played`);
  }
}

/** The rep at whose headset a call was to be answered is in another. */
export class LineInUse extends Error {
  override name = 'LineInUse';
  constructor(repId: number) {
    super(`rep ${repId} is in another call`);
  }
}

/** Whoever should be asked in cannot be: his headset is not connected, or the carrier does not dial that number. */
export class PartyUnreachable extends Error {
  override name = 'PartyUnreachable';
  constructor(word: string) {
    super(`${word} cannot be asked into a call`);
  }
}

/** A call has one party besides the prospect at most, and none to merge when nobody has joined. */
export class PartyMismatch extends Error {
  override name = 'PartyMismatch';
}

/** The headset check was asked for without a line or during a call. */
export class HeadsetCheckImpossible extends Error {
  override name = 'HeadsetCheckImpossible';
}

/** The carrier's browser kit carries the rep's voice: there is no line to negotiate with us. */
export class HeadsetElsewhere extends Error {
  override name = 'HeadsetElsewhere';
}

/** How a rep's browser brings his voice: over WebRTC to us, or with the carrier's own kit, a token that expires and where it speaks to. */
export type HeadsetAccess = { kind: 'server' } | { kind: 'twilio'; token: string; identity: string; expiresAt: Date; edge: string };

/** A supervisor's part in a live call at a carrier that brings him in itself. */
export interface CoachedPart {
  supervisionId: number;
  callId: number;
  mode: SupervisionMode;
}

/** How a supervisor is heard at the carrier now, or that he has gone. */
export interface SupervisionWord {
  supervisionId: number;
  heard: SupervisionMode | 'left';
}

/** A carrier that carries the supervisor's voice itself: he comes with a headset call of his own. */
export interface Coaching {
  /** What that call shows to be let in; good for a minute and for this person alone. */
  ticket(part: CoachedPart & { supervisorId: number }): string;
  /** The truth comes to `onSupervision`. Throws CallNotLive while he is not in it. */
  change(part: CoachedPart): Promise<void>;
  /** Ends his headset call, if there is one. */
  leave(part: Pick<CoachedPart, 'supervisionId' | 'callId'>): Promise<void>;
}

export interface TelephonyListener {
  onCarrierEvent(event: CarrierEvent): Promise<void>;
  /**
   * A call arrived. The answer is our id, by which both sides speak of it from then on, or null when we do not take it: the
   * carrier then turns it away. Events of the call follow the answer. What happened before we answered is not repeated as an event.
   */
  onArrivingCall(call: ArrivingCall): Promise<number | null>;
  onRecording(recording: CarrierRecording): Promise<void>;
  onHeadsetLine(repId: number, line: HeadsetLine): void;
  /** From carriers with `coaching` only. */
  onSupervision(word: SupervisionWord): Promise<void>;
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
  /** Absent where the supervisor's browser and the rep's bring the sound to each other. */
  readonly coaching?: Coaching;
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
  answer(callId: number, repId: number, announcement?: Announcement | null): Promise<void>;
  /**
   * Joins a `held` call that was answered to this rep's headset; from then on it is a call of his line like any other, and the commands
   * below serve it. No event follows: the answer was told when it came. The recording goes on, with the rep on the left from now on.
   * The rep may be another than the one it was dialled for. Asked again for the same rep it goes on as before.
   * Throws CallNotLive while it is not answered, when it is over, or when it is not held; LineInUse when the rep is in another call.
   */
  connectToRep(callId: number, repId: number): Promise<void>;
  /**
   * Tells whoever answered a `held` call and is joined to nobody, in the carrier's own words, that we call again, and ends it when they are
   * said; `ended` follows as after a hang-up, the words are on the rep's side of the recording. A call in any other state is hung up.
   * Repeating changes nothing.
   */
  apologise(callId: number): Promise<void>;
  /** Turns an arriving call away as if by hand; it ends as `rejected`. One that is over, or was never heard of, is gone already. */
  turnAway(callId: number): Promise<void>;
  /**
   * Lets the caller of an arriving call leave a message: `voicemail` follows as an event, then `ended` with `noAnswer` and the
   * recording (left our greeting, right the caller). Asked again it goes on as before. Throws CallNotLive when he has gone or was answered.
   */
  takeMessage(callId: number, wanted: MessageWanted): Promise<void>;
  /**
   * This and the commands below throw CallNotLive, and, but for `mute` and `unmute`, AnnouncementPlays.
   *
   * Leaves a clip on the machine that answered a dialled call. The rep's side ends at once: `messageLeft`, then `ended` with `machine`,
   * and his line is free for the next call, while the clip is played to its end and the far side is hung up. The recording goes on
   * through the clip, which is on the rep's side of it. Whoever was asked in is let go.
   */
  leaveMessage(callId: number, clip: SpokenClip): Promise<void>;
  hold(callId: number): Promise<void>;
  unhold(callId: number): Promise<void>;
  mute(callId: number): Promise<void>;
  unmute(callId: number): Promise<void>;
  /** Characters 0-9 * # A-D and w (half a second of silence). */
  sendDigits(callId: number, digits: string): Promise<void>;
  /**
   * Hands the prospect on; the rep's side of the call ends: `transferred`, then `ended` with `completed`, and the recording ends there.
   * - To a number that was not asked in: he is put through blindly; whoever was asked in is let go first.
   * - To the number that has joined: the two go on together without us.
   * - To a rep, asked in before or not: the prospect goes on as an arriving call of its own, hearing it ring. After `ended` the listener
   *   hears `onArrivingCall` with `handedOver`, and from then on that call is answered, turned away or recorded like any that arrives.
   *   Told twice, for instance after a restart, it must carry the same `carrierCallId`.
   * Throws RangeError for a number that is not E.164.
   */
  transfer(callId: number, to: CallParty): Promise<void>;
  /**
   * Asks somebody else in while the prospect waits on hold with music (`held`, unless he is on hold already, and `partyAsked`).
   * `partyJoined` follows when the two hear each other; `partyLeft` when he does not come, goes, or the call ends. What is said between
   * them is not recorded, the music is. A rep is joined at once, at the headset he already wears (he was asked by us before), and while
   * he is in he can neither dial nor answer; when he leaves, his line is as before.
   * Throws PartyMismatch when somebody is in already, PartyUnreachable, LineInUse for a rep in a call, RangeError for a bad number.
   */
  consult(callId: number, party: CallParty): Promise<void>;
  /** Takes the prospect off hold: he, the rep and who has joined hear each other and are recorded (`unheld`, `partyMerged`). Throws PartyMismatch. */
  mergeParty(callId: number): Promise<void>;
  /** Lets whoever was asked in go, or stops asking (`partyLeft`), and takes the prospect off hold. Nobody there is none to let go. */
  dismissParty(callId: number): Promise<void>;
  /** What is said from now on is not kept: the recording goes on as silence, as long, so that places in it stay right. `recordingPaused` follows. Repeating changes nothing. */
  pauseRecording(callId: number): Promise<void>;
  /** `recordingResumed` follows. */
  resumeRecording(callId: number): Promise<void>;
  lookUp(callId: number): Promise<LookUpOutcome>;
  headsetAccess(repId: number): Promise<HeadsetAccess>;
  /** Answers the browser's WebRTC offer (no trickle needed); a newer offer of the same rep replaces the older line. */
  connectHeadset(repId: number, offerSdp: string): Promise<{ answerSdp: string }>;
  addHeadsetCandidate(repId: number, candidate: { candidate: string; sdpMid: string | null; sdpMLineIndex: number | null }): Promise<void>;
  disconnectHeadset(repId: number): Promise<void>;
  /** Plays a short tone or loops the rep's own voice back, for the headset check. Throws HeadsetCheckImpossible. */
  playHeadsetCheck(repId: number, what: 'tone' | 'echo' | 'stop'): Promise<void>;
}
