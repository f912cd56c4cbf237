import type { ContactRole } from '../../../contract/http/company-card.ts';
import type { AnswerHour } from '../../../core/retry/answer-hours.ts';
import type { ExhaustedReason } from '../../../core/retry/plan-retry.ts';

/** What the outcome of a call depends on at the company. */
export interface CalledCompany {
  id: number;
  name: string;
  timeZone: string;
  ownerId: number | null;
  status: 'active' | 'notNow' | 'killed';
  doNotCall: boolean;
  /** Local day on which a decision maker was last reached, YYYY-MM-DD. */
  reachedOn: string | null;
  tries: { on: string | null; today: number; total: number; morning: number; afternoon: number } | null;
}

/** What calls change at the company, its lead, its contacts and its numbers. */
export interface CalledCompanyStore {
  find(companyId: number): Promise<CalledCompany | null>;
  contact(companyId: number, contactId: number): Promise<{ id: number; role: ContactRole } | null>;
  /** Numbers in use, the given one left out, in the order in which they are tried. */
  otherPhones(companyId: number, phoneId: number | null): Promise<{ id: number; e164: string }[]>;
  /** Writes the tries of the lead as they are now. */
  saveTries(companyId: number, tries: { on: string; today: number; total: number; morning: number; afternoon: number }): Promise<void>;
  /** When companies of its channel and region answer; of all companies while it has neither. */
  answerHours(companyId: number): Promise<AnswerHour[]>;
  saveLastCall(companyId: number, endedAt: Date): Promise<void>;
  saveLastTry(companyId: number, last: { at: Date; cause: string }): Promise<void>;
  saveRetry(companyId: number, retry: { readyAt: Date | null; exhausted: { at: Date; reason: ExhaustedReason } | null }): Promise<void>;
  resetTries(companyId: number): Promise<void>;
  saveContacted(companyId: number, contacted: { at: Date; reachedOn: string | null }): Promise<void>;
  rest(companyId: number, untilDay: string, reason: string | null): Promise<void>;
  kill(companyId: number, reason: string | null): Promise<void>;
  /** Ends its rest, or takes it off the kill list. */
  activate(companyId: number): Promise<void>;
  retirePhone(phoneId: number, at: Date, reason: string): Promise<void>;
  addContact(companyId: number, contact: { name: string; position: string | null; role: ContactRole }): Promise<number>;
  makeDecisionMaker(contactId: number): Promise<void>;
  addNote(note: { companyId: number; authorId: number; callId: number; text: string; at: Date }): Promise<void>;
}
