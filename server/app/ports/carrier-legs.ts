import type { AnsweredBy, EndCause } from '../../core/calls/carrier-event.ts';

/**
 * How far a call came with a carrier that lives outside this process: `waiting` for the account's pace · `asked`, and the answer
 * is not known · `placed` · `ended` · `refused`, never dialled.
 */
export type LegPhase = 'waiting' | 'asked' | 'placed' | 'ended' | 'refused';

/** `none` heard of yet · `announced`, to be fetched · `handedOver` to us · `absent` at the carrier · `deleted` there. */
export type LegRecording = 'none' | 'announced' | 'handedOver' | 'absent' | 'deleted';

/** `due` with the answer, or the joining · `playing`, nothing is recorded yet · `played`. */
export type LegAnnouncement = 'none' | 'due' | 'playing' | 'played';

/** What an adapter must remember of one call so that any node, and the next process, can go on with it. */
export interface CarrierLeg {
  callId: number;
  /** Null while nobody has answered an arriving call. */
  repId: number | null;
  to: string;
  from: string;
  phase: LegPhase;
  openedAt: Date;
  askedAt: Date | null;
  /** The carrier's ids of the call and of the conference it is in. */
  sid: string | null;
  roomSid: string | null;
  answeredAt: Date | null;
  answeredBy: AnsweredBy | null;
  endedAt: Date | null;
  endCause: EndCause | null;
  /** The carrier's word for the end. */
  endWord: string | null;
  inbound: boolean;
  /** The caller is leaving a message. */
  message: boolean;
  hangupAsked: boolean;
  muted: boolean;
  record: boolean;
  recording: LegRecording;
  recordingSid: string | null;
  /** How far the prospect has heard that he is recorded; by which clip, null for the carrier's own words, and how long it takes. */
  announcement: LegAnnouncement;
  announcementClipId: number | null;
  announcementSeconds: number;
  /** Who was asked in besides the prospect (a word of `partyWord`), and the carrier's id of his call once it is known. */
  party: string | null;
  partySid: string | null;
}

export type NewLeg = Pick<CarrierLeg, 'callId' | 'repId' | 'to' | 'from' | 'record' | 'openedAt'> &
  Partial<Pick<CarrierLeg, 'inbound' | 'sid' | 'phase' | 'announcement' | 'announcementClipId' | 'announcementSeconds'>>;
export type LegChange = Partial<Omit<CarrierLeg, 'callId' | 'to' | 'from' | 'record' | 'inbound' | 'openedAt'>>;

/** Settled in one sweep at most. */
export const mostRecordingsDue = 200;

export interface CarrierLegs {
  /** `known`: this call was opened before. `repBusy`: the rep has another live leg; the base decides. */
  open(leg: NewLeg): Promise<'opened' | 'known' | 'repBusy'>;
  find(callId: number): Promise<CarrierLeg | null>;
  liveOf(repId: number): Promise<CarrierLeg | null>;
  /** The live call that somebody was asked into. */
  liveWithParty(party: string): Promise<CarrierLeg | null>;
  /** Every leg that is not over, for a process that goes on with an earlier one's. */
  live(): Promise<CarrierLeg[]>;
  /** Writes only while the leg is in one of these phases; answers whether it wrote. */
  change(callId: number, whilePhase: readonly LegPhase[], change: LegChange): Promise<boolean>;
  /** Turns `due` into `playing` while the leg is placed: of all who see that he answered, one announces. */
  beginAnnouncement(callId: number): Promise<boolean>;
  /** Which of the carrier's ids belong to calls that we know. */
  known(sids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Calls that were to be recorded, ended in this time and came so far with it; the oldest `mostRecordingsDue`. */
  recordingsDue(which: { since: Date; before: Date; states: readonly LegRecording[] }): Promise<CarrierLeg[]>;
}

/** One pace of calls a second for all nodes of an account. */
export interface CarrierPace {
  /** Takes the next turn and answers in how many milliseconds it comes. */
  takeTurn(callsPerSecond: number): Promise<number>;
  /** The carrier asked us to slow down: nobody's turn comes before that. */
  pushBack(milliseconds: number): Promise<void>;
}
