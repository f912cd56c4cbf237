import type { CompanyCalendar, HourRules } from '../../../core/queue/calendar.ts';
import type { LeadFacts, OrderFacts } from '../../../core/queue/facts.ts';
import type { LearnedDuration } from '../../../core/schedule/durations.ts';
import type { Place } from '../../../core/queue/place.ts';
import type { Tier } from '../../../core/queue/tiers.ts';
import type { Reason } from '../../../contract/http/queue.ts';

/** Who asks for a call, resolved to what the queue's table knows. */
export interface QueueQuestion {
  repId: number;
  /** Lists of that day and minus his own id; the promise guard takes out those whose calls are too long now. */
  funnelPools: readonly number[];
  /** Colleagues whose promises the team takes when their deadline lies before the instant. */
  takeover: ReadonlyMap<number, Date>;
  /** Ids of the calendars in calling hours. */
  openCalendars: readonly number[];
  at: Date;
  /** Start of the rep's day. */
  todayStart: Date;
  agedBefore: Date | null;
  repTimeZone: string;
}

export interface Candidate {
  leadId: number;
  tier: Tier;
}

export interface ClaimRecord {
  leadId: number;
  companyId: number;
  repId: number;
  claimedAt: Date;
  leaseUntil: Date;
  /** Null until the explanation was stored. */
  reason: Reason | null;
}

/** Words that an explanation needs beside the facts. */
export interface LeadLabels {
  companyName: string;
  stageName: string | null;
  listName: string | null;
  ownerName: string | null;
}

export interface SeenLead {
  facts: LeadFacts;
  labels: LeadLabels;
}

/** As much of a lead as its place in the order, and the words for it, need. */
export interface OrderedLead {
  facts: OrderFacts;
  labels: LeadLabels;
}

/** Calendars and days off as one version of the base has them. */
export interface DeskCalendars extends Pick<HourRules, 'holidays'> {
  version: string;
  /** All calendars that companies of the base have. */
  calendars: readonly (CompanyCalendar & { id: number })[];
}

export interface DeskColleague {
  id: number;
  /** Away for the day, or gone for good. */
  absent: boolean;
  /**
   * The earliest deadline, passed within the last hours or still to come, of a promise of his that could be dialled now and that nobody
   * dialled, while he is in a call or not at work; null when he is free.
   */
  engagedUntilDeadline: Date | null;
}

/** What decides what one rep may see of the queue at an instant, beside the settings. */
export interface Desk {
  /** Active lists handed to him for that day. */
  listIds: readonly number[];
  /** Colleagues of his team. */
  colleagues: readonly DeskColleague[];
  /** When his next promises that may not be called yet fall due, the earliest first; a retry that comes later counts from then. */
  promisesAhead: readonly Date[];
  /** How long calls last, of his lists and of all (list 0); read only when a promise is to come. */
  durations: readonly LearnedDuration[];
  hours: DeskCalendars;
}

export interface QueueStore {
  desk(repId: number, day: string, at: Date): Promise<Desk>;
  /** Leads with their facts and words, in no particular order. */
  seen(leadIds: readonly number[]): Promise<SeenLead[]>;
  /** His call that is live or still without its outcome. */
  openCallOf(repId: number): Promise<{ callId: number; live: boolean } | null>;
  /** Facts of the companies that have a lead, in no particular order. */
  facts(companyIds: readonly number[]): Promise<LeadFacts[]>;
  factsOfLeads(leadIds: readonly number[]): Promise<LeadFacts[]>;
  /** The same, with the leads' rows locked against claiming until the transaction ends. */
  lockFacts(companyIds: readonly number[]): Promise<LeadFacts[]>;
  /** Company ids of all leads after `afterLeadId`, by lead id. */
  leadsAfter(afterLeadId: number, limit: number): Promise<{ leadId: number; companyId: number }[]>;
  /** Writes places; null takes the lead out. Leads that somebody holds are left alone: they are placed again when given back. */
  write(places: readonly { leadId: number; calendar: CompanyCalendar; place: Place | null }[], now: Date): Promise<void>;
  candidates(question: QueueQuestion, limit: number): Promise<Candidate[]>;
  /** How many may be called, by tier, each counted up to a thousand. */
  depth(question: QueueQuestion): Promise<Record<Tier, number>>;
  claimOf(repId: number): Promise<ClaimRecord | null>;
  /** Makes a second request of the same rep wait for this transaction's end. */
  lockRep(repId: number): Promise<void>;
  setReason(leadId: number, reason: Reason): Promise<void>;
  /** False when the rep does not hold it any more. */
  extendLease(repId: number, leadId: number, leaseUntil: Date): Promise<boolean>;
  /** False when he did not hold it. */
  removeClaim(repId: number, leadId: number): Promise<boolean>;
  /** Claims whose lease ran out and whose rep is not in a call on them; locked, without those somebody else is ending. */
  expiredClaims(now: Date): Promise<ClaimRecord[]>;
  /** The calendar of one company. @throws when there is no such company */
  calendarOf(companyId: number): Promise<CompanyCalendar>;
  /** Days off by country. */
  holidays(): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** How long calls last, of these lists and of all (list 0). */
  durations(listIds: readonly number[]): Promise<LearnedDuration[]>;
}
