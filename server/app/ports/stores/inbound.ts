import type { MissedCall, Ring } from '../../../contract/http/inbound.ts';
import type { NumberMatch } from '../../../core/inbound/choose-company.ts';
import type { Answerer } from '../../../core/inbound/decide-ring.ts';
import type { CallDimensions, NewCall } from './calls.ts';

/** What is known of the company that calls. */
export interface CallingCompany {
  id: number;
  name: string;
  timeZone: string;
  status: 'active' | 'notNow' | 'killed';
  doNotCall: boolean;
  ownerId: number | null;
  channelId: number | null;
  sourceId: number | null;
  /** Of its source: within so many minutes a fresh lead is called. */
  obligationMinutes: number | null;
  listId: number | null;
  promise: { id: number; repId: number; contactId: number | null; startsAt: Date; deadlineAt: Date; note: string | null } | null;
  hasPhone: boolean;
}

export interface NewInboundCall extends CallDimensions {
  carrier: string;
  carrierCallId: string;
  repId: number;
  companyId: number;
  leadId: number;
  contactId: number | null;
  phoneId: number | null;
  /** Empty when the caller hides his number. */
  phoneE164: string;
  intentAt: Date;
  companyDay: string;
  promiseId: number | null;
  /** A colleague's call out of which it was handed over. */
  handedFromId: number | null;
}

/** A person as far as the routing of a call needs him. */
export interface Responsible {
  id: number;
  teamId: number | null;
  timeZone: string;
}

/** For whom a call rings; only rows that ring still are `ringing`. */
export interface RingRow {
  repId: number;
  ringing: boolean;
}

export interface MissedFilter {
  repId: number | null;
  teamId: number | null;
  openOnly: boolean;
  cursor: string | undefined;
  limit: number;
}

/** Calls that arrive: who it is, for whom it rings, who took it, what was missed. */
export interface InboundStore {
  /** Two calls of one number are taken in one after the other, so that an unknown one becomes one company. */
  lockNumber(number: string): Promise<void>;
  /** Our id of an arrival that was told before. */
  known(carrier: string, carrierCallId: string): Promise<number | null>;
  matches(number: string): Promise<NumberMatch[]>;
  company(companyId: number): Promise<CallingCompany | null>;
  /** The source that calls of unknown numbers come from, made at its first use. */
  ownSource(name: string, obligationMinutes: number): Promise<number>;
  /** The company's lead, locked; made when it had none. */
  lockLead(companyId: number): Promise<number>;
  /** Who of these may answer calls, in their order. */
  answering(userIds: readonly number[]): Promise<Responsible[]>;
  /** Who dialled or talked with the company last. */
  lastCaller(companyId: number): Promise<number | null>;
  /** The rep with the fewest open promises and tasks, who is ready before who is not. */
  leastLoaded(now: Date): Promise<Responsible | null>;
  create(call: NewInboundCall): Promise<number>;
  /** The rep, who holds the company's card, and the rep's team, as they are now. */
  answerers(callId: number, now: Date, inHours: (timeZone: string) => boolean): Promise<Answerer[]>;
  /** Whether somebody is in a call with the company of this call. */
  companyInCall(callId: number): Promise<boolean>;
  rings(callId: number): Promise<RingRow[]>;
  startRings(callId: number, repIds: readonly number[], stage: 'first' | 'team', now: Date): Promise<void>;
  stopRings(callId: number, repIds: readonly number[] | 'all', now: Date): Promise<void>;
  /** False when it does not ring for him. */
  decline(callId: number, repId: number, now: Date): Promise<boolean>;
  saveVoicemail(callId: number, at: Date): Promise<void>;
  /** Makes it this rep's live call; false when another was first. The base refuses a second live call of his. */
  take(callId: number, repId: number, by: Pick<CallDimensions, 'teamId' | 'day' | 'hour'> & Pick<NewCall, 'announces'>): Promise<boolean>;
  /** A company that this very call made belongs to whoever answers it, or has to call back; its deal too. */
  adopt(callId: number, repId: number): Promise<void>;
  /** Nobody's again: the carrier could not connect him. */
  untake(callId: number): Promise<void>;
  /** A missed call wants no outcome; one that turns out to have been answered does. */
  saveDisposedAt(callId: number, at: Date | null): Promise<void>;
  /** The company is awake again for its own call: neither resting nor exhausted nor in a pause. */
  wake(companyId: number): Promise<void>;
  /** Moves the lead into the rep's hand, from wherever it is but another's. */
  takeClaim(leadId: number, repId: number, now: Date, leaseUntil: Date): Promise<void>;
  holderOf(leadId: number): Promise<number | null>;
  ring(callId: number): Promise<Ring | null>;
  ringing(repId: number): Promise<number[]>;
  /** All calls that nobody has taken and that have not ended. */
  arriving(): Promise<number[]>;
  missed(filter: MissedFilter): Promise<{ items: MissedCall[]; nextCursor: string | null }>;
  /** The number that this rep dialled last, else any of a company of his. */
  numberForTraining(repId: number): Promise<string | null>;
}
