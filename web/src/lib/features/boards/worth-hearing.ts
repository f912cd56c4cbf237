import type { CallRow } from '$contract/http/calls.ts';
import type { RecordingRow } from '$contract/http/recordings.ts';

/** Why a lead should hear a conversation, gravest first. */
export type HearingReason =
  | 'refusalAfterLongTalk'
  | 'longTalkNoNextStep'
  | 'quickRefusal'
  | 'meetingSet'
  | 'handedOver'
  | 'decisionMakerReached';

/** A recorded call as the rule needs it. */
export interface RecordedCall {
  recordingId: number;
  callId: number;
  intentAt: string;
  rep: { id: number; name: string };
  company: { id: number; name: string };
  contactName: string | null;
  dispositionCode: CallRow['dispositionCode'];
  talkSeconds: number;
  decisionMakerReached: boolean;
  listens: number;
  comments: number;
  scorecards: number;
}

export interface WorthHearing {
  call: RecordedCall;
  reasons: HearingReason[];
  notHeardYet: boolean;
}

/** A talk that is long for a cold call, in seconds. */
export const longTalkSeconds = 120;
/** A refusal that came before anything could be said, in seconds. */
const quickRefusalSeconds = 30;

const weights: Record<HearingReason, number> = {
  refusalAfterLongTalk: 60,
  longTalkNoNextStep: 50,
  meetingSet: 40,
  handedOver: 30,
  quickRefusal: 20,
  decisionMakerReached: 10,
};

const refusals: readonly RecordedCall['dispositionCode'][] = ['refused', 'kill'];
const nextSteps: readonly RecordedCall['dispositionCode'][] = ['callBack', 'sendOffer', 'meetingSet', 'handOver', 'notNow'];

/** The reasons to hear one call, gravest first; none when it was an ordinary one. */
export function hearingReasons(call: RecordedCall): HearingReason[] {
  const isLong = call.talkSeconds >= longTalkSeconds;
  const isRefusal = refusals.includes(call.dispositionCode);
  const reasons: HearingReason[] = [];
  if (isRefusal && isLong) reasons.push('refusalAfterLongTalk');
  if (isLong && !isRefusal && !nextSteps.includes(call.dispositionCode)) reasons.push('longTalkNoNextStep');
  if (call.dispositionCode === 'meetingSet') reasons.push('meetingSet');
  if (call.dispositionCode === 'handOver') reasons.push('handedOver');
  if (call.dispositionCode === 'refused' && call.decisionMakerReached && call.talkSeconds > 0 && call.talkSeconds <= quickRefusalSeconds) {
    reasons.push('quickRefusal');
  }
  if (call.decisionMakerReached) reasons.push('decisionMakerReached');
  return reasons.toSorted((left, right) => weights[right] - weights[left]);
}

/** How many of one rep stand in the choice: the review is for the whole team. */
const mostOfOneRep = 3;

/**
 * The calls most worth hearing: those judged already are left out, unheard ones go before heard ones with the same
 * reason, newer before older, at most three of one rep.
 */
export function chooseWorthHearing(calls: readonly RecordedCall[], most: number): WorthHearing[] {
  const candidates = calls
    .filter((call) => call.scorecards === 0)
    .map((call) => ({ call, reasons: hearingReasons(call), notHeardYet: call.listens === 0 }))
    .filter(({ reasons }) => reasons.length > 0)
    .toSorted((left, right) => weightOf(right) - weightOf(left) || right.call.intentAt.localeCompare(left.call.intentAt));
  const taken = new Map<number, number>();
  return candidates
    .filter(({ call }) => {
      const already = taken.get(call.rep.id) ?? 0;
      taken.set(call.rep.id, already + 1);
      return already < mostOfOneRep;
    })
    .slice(0, most);
}

function weightOf({ call, reasons, notHeardYet }: WorthHearing): number {
  const gravest = reasons[0];
  return (gravest ? weights[gravest] : 0) + (notHeardYet ? 5 : 0) + (call.comments > 0 ? -5 : 0);
}

/** Recordings with what only the list of calls knows: whether the talk was with a decision maker. */
export function recordedCalls(recordings: readonly RecordingRow[], calls: readonly CallRow[]): RecordedCall[] {
  const reached = new Set(
    calls.filter((call) => call.attempts.some(({ kind, yes }) => kind === 'reachDecisionMaker' && yes)).map((call) => call.id),
  );
  return recordings.map((recording) => ({
    recordingId: recording.id,
    callId: recording.callId,
    intentAt: recording.intentAt,
    rep: recording.rep,
    company: recording.company,
    contactName: recording.contactName,
    dispositionCode: recording.dispositionCode,
    talkSeconds: recording.talkSeconds,
    decisionMakerReached: reached.has(recording.callId),
    listens: recording.listens,
    comments: recording.comments,
    scorecards: recording.scorecards,
  }));
}
