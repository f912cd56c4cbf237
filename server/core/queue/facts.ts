import type { CompanyCalendar, HourRules } from './calendar.ts';
import type { Consent } from './consent.ts';

export type Category = 'A' | 'B' | 'C';

/** An open promise as the queue sees it. */
export interface PromiseFacts {
  /** Callable from here. */
  startsAt: Date;
  promisedAt: Date;
  /** The last instant at which a dial keeps it. */
  deadlineAt: Date;
  /** The prospect asked for a time outside calling hours. */
  askedOutsideHours: boolean;
  /** They called and nobody answered: what is owed is the call back. */
  missedCall?: boolean;
}

/** Everything about one lead that decides whether, and when in the order, it is called. */
export interface LeadFacts extends CompanyCalendar {
  leadId: number;
  companyId: number;
  category: Category;
  status: 'active' | 'notNow' | 'killed';
  /** Local day on which a not-now company comes back. */
  notNowUntil: string | null;
  doNotCall: boolean;
  isCustomer: boolean;
  /** A number in use that is not marked "do not call". */
  hasPhone: boolean;
  /** The best consent among those numbers. */
  consent: Consent;
  /** Whose lead it is: the rep of the open promise, else the owner of the company; null when it is anybody's in the list. */
  repId: number | null;
  list: { id: number; priority: number; active: boolean } | null;
  /** Order in the list. */
  position: number;
  /** Stage of the open deal. */
  stage: { position: number; heat: 'early' | 'hot' | 'won' } | null;
  lastContactAt: Date | null;
  promise: PromiseFacts | null;
  retryAt: Date | null;
  /** End of the last call with the company, either way. */
  lastCallAt: Date | null;
  triesTotal: number;
  triesToday: number;
  /** The company's local day that `triesToday` counts. */
  triesOn: string | null;
  exhausted: boolean;
  /** Rep who holds it now. */
  heldBy: number | null;
}

/** As much of a lead that may be called as its place in the order, and the words for it, depend on. */
export interface OrderFacts extends Pick<
  LeadFacts,
  | 'leadId'
  | 'companyId'
  | 'timeZone'
  | 'category'
  | 'isCustomer'
  | 'repId'
  | 'position'
  | 'stage'
  | 'lastContactAt'
  | 'promise'
  | 'triesTotal'
> {
  list: { priority: number } | null;
}

/** The settings that the order depends on. */
export interface QueueRules extends HourRules {
  maxDialsPerDay: number;
  /** Minutes between two calls to one company, whatever the reason. */
  companyPauseMinutes: number;
  consentRequired: boolean;
  customersBeforeHot: boolean;
}

/** The rules that a lead's place depends on; those of the hours are looked at when the queue is asked. */
export type PlaceRules = Omit<QueueRules, keyof HourRules>;

/** Who asks, and when. */
export interface QueueView {
  now: Date;
  repId: number;
  /** "Today" is the rep's day. */
  repTimeZone: string;
  /** Active lists handed to the rep for today. */
  listIds: ReadonlySet<number>;
  /** Colleagues whose promises the team takes, each with the instant before which their deadline must lie: absent ones and late ones. */
  takeover: ReadonlyMap<number, Date>;
  /** Promises with an earlier deadline go before everything else; null when promises do not age. */
  agedBefore: Date | null;
}
