import type { CallView, DispositionCode, Made } from '../../../contract/http/calls.ts';
import type { Reason } from '../../../contract/http/queue.ts';
import type { AnsweredBy, CallState, CarrierEvent, EndCause } from '../../../core/calls/carrier-event.ts';
import type { AnnouncementState } from '../../../core/calls/announcement.ts';
import type { PartyState } from '../../../core/calls/call-party.ts';
import type { Consent } from '../../../core/queue/consent.ts';
import type { FoldedCall } from '../../../core/calls/fold-call.ts';

/** What a count is kept by, fixed when the call is written. */
export interface CallDimensions {
  teamId: number | null;
  listId: number | null;
  channelId: number | null;
  sourceId: number | null;
  /** The rep's local day, YYYY-MM-DD, and hour of the intent. */
  day: string;
  hour: number;
}

export interface CallRecord extends CallDimensions {
  id: number;
  direction: 'outbound' | 'inbound';
  repId: number;
  companyId: number;
  leadId: number | null;
  contactId: number | null;
  phoneId: number | null;
  phoneE164: string;
  /** Which number of ours the dial shows; null for the carrier's default. */
  fromE164: string | null;
  state: CallState;
  endCause: EndCause | null;
  answeredBy: AnsweredBy | null;
  ambiguous: boolean;
  intentAt: Date;
  /** When the intent reached the carrier; null while we cannot know. */
  dialedAt: Date | null;
  answeredAt: Date | null;
  endedAt: Date | null;
  talkSeconds: number;
  disposedAt: Date | null;
  /** An arriving call that no rep has taken, or one of several lines that has not won. */
  untaken: boolean;
  /** The lines that were dialled at once, when it is one of them. */
  volleyId: number | null;
  /** When such a line was at its rep's headset; null before, and of any other call. */
  joinedAt: Date | null;
  /** When the caller was asked to leave a message. */
  voicemailAt: Date | null;
  /** Who was asked into the live call besides the prospect, in a word of `partyWord`. */
  party: string | null;
  partyState: PartyState | null;
  recordingPaused: boolean;
  /** How far the prospect has heard that he is recorded; null when he is not told. */
  announcement: AnnouncementState | null;
  /** A colleague's call out of which this one was handed over. */
  handedFromId: number | null;
  made: Made | null;
  /** What was typed during the call, as the console keeps it. */
  draft: unknown;
}

export interface NewCall extends CallDimensions {
  idempotencyKey: string;
  repId: number;
  companyId: number;
  leadId: number;
  contactId: number | null;
  phoneId: number;
  phoneE164: string;
  /** Which number of ours it shows; null for the carrier's default. */
  fromE164: string | null;
  carrier: string;
  intentAt: Date;
  companyDay: string;
  reason: Reason | null;
  promiseId: number | null;
  /** One of several lines: nobody's own until it wins. */
  volleyId: number | null;
  /** The prospect is told that he is recorded before he is. */
  announces: boolean;
}

/** Whom a claimed lead leads to, with what may forbid the dial. */
export interface DialTarget {
  companyId: number;
  timeZone: string;
  status: 'active' | 'notNow' | 'killed';
  doNotCall: boolean;
  listId: number | null;
  channelId: number | null;
  sourceId: number | null;
  openPromise: { id: number; contactId: number | null } | null;
  consent: Consent;
  phones: { id: number; e164: string; contactId: number | null; retired: boolean; doNotCall: boolean; consent: Consent }[];
}

export interface CallStore {
  /** Null when a live call of the rep or the company, or the same key, is in the way: the base decides, not we. */
  create(call: NewCall): Promise<number | null>;
  withKey(repId: number, idempotencyKey: string): Promise<CallRecord | null>;
  /** The rep's live call, or the last one that has no outcome. */
  openOf(repId: number): Promise<CallRecord | null>;
  /** The live calls that this rep was asked into, the first asked first. */
  askedInto(repId: number): Promise<CallRecord[]>;
  /** Whether a call with the company is live or waits for its outcome. */
  inCall(companyId: number): Promise<boolean>;
  find(callId: number): Promise<CallRecord | null>;
  /** The same with its lead's row and its own locked, in this order, until the transaction ends. */
  lock(callId: number): Promise<CallRecord | null>;
  /** The lead's row locked as the queue does, then the company behind it. */
  dialTarget(leadId: number): Promise<DialTarget | null>;
  /** False when this event has been taken before. */
  append(event: CarrierEvent, receivedAt: Date): Promise<boolean>;
  events(callId: number): Promise<CarrierEvent[]>;
  saveFold(callId: number, folded: FoldedCall, settled: Pick<CallRecord, 'dialedAt' | 'announcement'>): Promise<void>;
  /** Keeps what the carrier answered to the dial. */
  saveDialled(callId: number, dialled: { carrierCallId: string | null; dialedAt: Date | null; ambiguous: boolean }): Promise<void>;
  saveDraft(callId: number, draft: Record<string, unknown>): Promise<void>;
  saveOutcome(
    callId: number,
    outcome: {
      code: DispositionCode;
      at: Date;
      contactId: number | null;
      answers: Record<string, string>;
      note: string | null;
      made: Made;
    },
  ): Promise<void>;
  /** Live calls of which nothing was heard since an instant, and all whose dial is in doubt. */
  staleSince(instant: Date): Promise<number[]>;
  view(callId: number): Promise<CallView>;
}
