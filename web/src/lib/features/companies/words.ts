import { dispositionCodeSchema, endCauseSchema } from '$contract/http/calls.ts';
import type { CompanyStatus } from '$contract/http/companies.ts';
import type { ContactRole, TimelineItem } from '$contract/http/company-card.ts';
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
