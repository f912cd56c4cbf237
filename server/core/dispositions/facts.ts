import type { AnsweredBy, EndCause } from '../calls/carrier-event.ts';
import type { OpenDeal } from '../funnel/default-funnel.ts';
import type { CallingHours, Holidays } from '../hours/calling-hours.ts';
import type { PromiseTimes } from '../promises/promise-times.ts';
import type { AnswerHour } from '../retry/answer-hours.ts';
import type { RetryRules } from '../retry/plan-retry.ts';
import type { OutcomeOverride } from './catalogue.ts';
import type { OutcomeCode } from './codes.ts';

export type ContactRole = 'decisionMaker' | 'influencer' | 'shapesDecision' | 'gatekeeper' | 'unknown';

/** What is known when a call gets its outcome; tries already contain this dial when it is charged. */
export interface DispositionFacts {
  now: Date;
  call: {
    direction: 'outbound' | 'inbound';
    endCause: EndCause | null;
    answeredBy: AnsweredBy | null;
    connected: boolean;
    /** Whether the intent reached the carrier and the carrier did not fail: a dial by domain.md. */
    isDial: boolean;
    phoneId: number | null;
  };
  company: {
    id: number;
    name: string;
    timeZone: string;
    decisionMakerReachedToday: boolean;
    /** At rest or struck off: only a company that called by itself is spoken with then. */
    status: 'active' | 'notNow' | 'killed';
    doNotCall: boolean;
  };
  tries: { today: number; total: number; morning: number; afternoon: number };
  deal: OpenDeal | null;
  /** The company's open promise; `dialled` once a dial met it, whatever the verdict. */
  openPromise: { id: number; dialled: boolean } | null;
  /** Numbers of the company that may still be dialled, this call's one left out. */
  otherPhones: number;
  /** When companies like this one answer. */
  answers: readonly AnswerHour[];
}

/** What the rep says about the call, with instants already computed in the company's zone. */
export interface OutcomeInput {
  code: OutcomeCode;
  /** The person talked to, as far as known. */
  contact: { id: number; role: ContactRole } | null;
  newContact: { role: ContactRole } | null;
  /** Overrides what the outcome and the contact's role say. */
  withDecisionMaker: boolean | null;
  meetingNotThePurpose: boolean;
  promise: PromiseTimes | null;
  meeting: { startsAt: Date; localTime: string } | null;
  reason: string | null;
  /** YYYY-MM-DD of the company. */
  notNowUntil: string | null;
  sellerId: number | null;
  note: string | null;
}

/** The settings that outcomes obey. */
export interface DispositionRules {
  hours: CallingHours;
  holidays: Holidays;
  retry: RetryRules;
  promiseGraceMinutes: number;
  sendOfferTaskHours: number;
  offerFollowUpDays: number;
  handoffAcceptHours: number;
  refusedRestDays: number;
  override: OutcomeOverride;
}
