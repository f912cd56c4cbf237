import { dispositionCodeSchema, endCauseSchema } from '$contract/http/calls.ts';
import type { CompanyStatus } from '$contract/http/companies.ts';
import type { ContactRole, PromiseView, TimelineItem } from '$contract/http/company-card.ts';
import { outcomeWord } from '$lib/features/review/call-words.ts';
import { m } from '$lib/paraglide/messages.js';

export const statusWords: Record<CompanyStatus, () => string> = {
  active: m.companies_status_active,
  notNow: m.companies_status_notNow,
  killed: m.companies_status_killed,
};

export const roleWords: Record<ContactRole, () => string> = {
  decisionMaker: m.companies_role_decisionMaker,
  influencer: m.companies_role_influencer,
  shapesDecision: m.companies_role_shapesDecision,
  gatekeeper: m.companies_role_gatekeeper,
  unknown: m.companies_role_unknown,
};

/** What became of a call of the history. */
export function callWord(item: Extract<TimelineItem, { kind: 'call' }>): string {
  return outcomeWord({
    state: 'ended',
    dispositionCode: dispositionCodeSchema.safeParse(item.dispositionCode).data ?? null,
    endCause: endCauseSchema.safeParse(item.endCause).data ?? null,
  });
}

const meetingWords = { planned: m.companies_meeting_planned, held: m.companies_meeting_held, failed: m.companies_meeting_failed };
export const meetingWord = (status: keyof typeof meetingWords): string => meetingWords[status]();

const handoffWords = {
  pending: m.companies_handoff_pending,
  accepted: m.companies_handoff_accepted,
  returned: m.companies_handoff_returned,
};
export const handoffWord = (status: keyof typeof handoffWords): string => handoffWords[status]();

/** What became of a promise: kept or not once it was dialled or its day ended, before that how it stands. */
export function promiseWord({ status, outcome }: Pick<PromiseView, 'status' | 'outcome'>): string {
  const words = { onTime: m.companies_promise_onTime, late: m.companies_promise_late, broken: m.companies_promise_broken };
  const states = {
    open: m.companies_promise_open,
    fulfilled: m.companies_promise_fulfilled,
    moved: m.companies_promise_moved,
    withdrawn: m.companies_promise_withdrawn,
  };
  return outcome === 'pending' || status === 'moved' ? states[status]() : words[outcome]();
}

/** Why it was moved, in words; what nobody typed has a name of its own. */
export function reasonWord({ moveReason }: Pick<PromiseView, 'moveReason'>): string | null {
  const words: Record<string, () => string> = {
    meetingCard: m.companies_reason_meeting,
    visitCard: m.companies_reason_visit,
    missedCall: m.companies_reason_missed,
    merged: m.companies_reason_merged,
  };
  return moveReason === null ? null : (words[moveReason]?.() ?? moveReason);
}

export const winWords: Record<Extract<TimelineItem, { kind: 'win' }>['win'], () => string> = {
  stageUp: m.companies_win_stageUp,
  meetingHeld: m.companies_win_meetingHeld,
  handoffAccepted: m.companies_win_handoffAccepted,
  newDecisionMaker: m.companies_win_newDecisionMaker,
  workStarted: m.companies_win_workStarted,
};
