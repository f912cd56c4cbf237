import type { DemoCompany, DemoContact, DemoPhone } from '../companies.ts';
import type { DealRow } from './rows.ts';

/** Where a company stands while its history is being told. */
export interface CompanyState {
  company: DemoCompany;
  listId: number | null;
  ownerId: number | null;
  status: 'active' | 'notNow' | 'killed';
  statusReason: string | null;
  notNowUntil: string | null;
  doNotCall: boolean;
  customerSince: string | null;
  lastContactMillis: number | null;
  /** The company's local day on which a decision maker was last reached. */
  reachedOn: string | null;
  decisionMakerKnown: boolean;
  /** Dials since the last talk; what the limit of tries counts. */
  tries: number;
  triesOn: string | null;
  triesToday: number;
  triedMorning: number;
  triedAfternoon: number;
  lastTriedMillis: number | null;
  lastCause: string | null;
  restUntilMillis: number | null;
  exhaustedMillis: number | null;
  lastCallId: number | null;
  deal: DealRow | null;
  stage: number;
  /** Told by a storyline of its own: cold picks leave it alone. */
  reserved: boolean;
}

export function freshState(company: DemoCompany): CompanyState {
  return {
    company,
    listId: null,
    ownerId: null,
    status: 'active',
    statusReason: null,
    notNowUntil: null,
    doNotCall: false,
    customerSince: null,
    lastContactMillis: null,
    reachedOn: null,
    decisionMakerKnown: company.contacts.some((contact) => contact.role === 'decisionMaker'),
    tries: 0,
    triesOn: null,
    triesToday: 0,
    triedMorning: 0,
    triedAfternoon: 0,
    lastTriedMillis: null,
    lastCause: null,
    restUntilMillis: null,
    exhaustedMillis: null,
    lastCallId: null,
    deal: null,
    stage: 0,
    reserved: false,
  };
}

export const decisionMakerOf = (company: DemoCompany): DemoContact | null =>
  company.contacts.find((contact) => contact.role === 'decisionMaker') ?? null;

export function openPhone(company: DemoCompany): DemoPhone | null {
  return company.phones.find((phone) => phone.retiredAt === null) ?? null;
}
