import type { CallRow } from '$contract/http/calls.ts';
import type { RecordingStatus } from '$contract/http/recordings.ts';
import { outcomeName } from '$lib/features/admin/outcome-name.ts';
import { m } from '$lib/paraglide/messages.js';

type Cause = NonNullable<CallRow['endCause']>;
type AttemptKind = CallRow['attempts'][number]['kind'];

const causes: Record<Cause, () => string> = {
  completed: m.calls_cause_completed,
  busy: m.calls_cause_busy,
  noAnswer: m.calls_cause_noAnswer,
  rejected: m.calls_cause_rejected,
  invalidNumber: m.calls_cause_invalidNumber,
  canceled: m.calls_cause_canceled,
  machine: m.calls_cause_machine,
  providerError: m.calls_cause_providerError,
  unknown: m.calls_cause_unknown,
};
const states: Record<CallRow['state'], () => string> = {
  intent: m.calls_state_intent,
  dialing: m.calls_state_dialing,
  ringing: m.calls_state_ringing,
  answered: m.calls_state_answered,
  ended: m.calls_state_ended,
};
const kinds: Record<AttemptKind, () => string> = {
  reachDecisionMaker: m.calls_attempt_reachDecisionMaker,
  setMeeting: m.calls_attempt_setMeeting,
  holdMeeting: m.calls_attempt_holdMeeting,
  close: m.calls_attempt_close,
};
const recordings: Record<RecordingStatus, () => string> = {
  pending: m.calls_recording_pending,
  ready: m.calls_recording_ready,
  partial: m.calls_recording_partial,
  missing: m.calls_recording_missing,
  erased: m.calls_recording_erased,
};
const events: Partial<Record<string, () => string>> = {
  dialing: m.calls_event_dialing,
  ringing: m.calls_event_ringing,
  answered: m.calls_event_answered,
  answeredBy: m.calls_event_answeredBy,
  held: m.calls_event_held,
  unheld: m.calls_event_unheld,
  muted: m.calls_event_muted,
  unmuted: m.calls_event_unmuted,
  digits: m.calls_event_digits,
  transferred: m.calls_event_transferred,
  partyAsked: m.calls_event_partyAsked,
  partyJoined: m.calls_event_partyJoined,
  partyMerged: m.calls_event_partyMerged,
  partyLeft: m.calls_event_partyLeft,
  recordingPaused: m.calls_event_recordingPaused,
  recordingResumed: m.calls_event_recordingResumed,
  waiting: m.calls_event_waiting,
  announcementStarted: m.calls_event_announcementStarted,
  announcementEnded: m.calls_event_announcementEnded,
  messageLeft: m.calls_event_messageLeft,
  ended: m.calls_event_ended,
  unknown: m.calls_event_unknown,
};

export const causeWord = (cause: Cause): string => causes[cause]();
export const recordingWord = (status: RecordingStatus): string => recordings[status]();
export const eventWord = (kind: string): string => events[kind]?.() ?? kind;

/** What became of a call, in the rep's word where there is one, else in the carrier's. */
export function outcomeWord(call: Pick<CallRow, 'dispositionCode' | 'endCause' | 'state'>): string {
  if (call.dispositionCode !== null) return outcomeName(call.dispositionCode);
  if (call.state !== 'ended') return states[call.state]();
  return call.endCause === null ? m.calls_no_outcome() : causeWord(call.endCause);
}

export function attemptWord(attempt: CallRow['attempts'][number]): string {
  const kind = kinds[attempt.kind]();
  return attempt.yes ? m.calls_attempt_yes({ kind }) : m.calls_attempt_no({ kind });
}
