import type { ContactRole } from '../../../contract/http/company-card.ts';
import type { CompanyStatus } from '../../../contract/http/companies.ts';

export interface CompanyChange {
  name?: string;
  normalizedName?: string;
  legalName?: string | null;
  taxNumber?: string | null;
  category?: 'A' | 'B' | 'C';
  regionId?: number | null;
  channelId?: number | null;
  subchannelId?: number | null;
  sourceId?: number | null;
  timeZone?: string;
  city?: string | null;
  address?: string | null;
  site?: string | null;
  notes?: string;
  fields?: Record<string, string>;
  doNotCall?: boolean;
  doNotCallReason?: string | null;
  consent?: 'unknown' | 'given' | 'withdrawn';
  callFrom?: string | null;
  callTo?: string | null;
  lunchFrom?: string | null;
  lunchTo?: string | null;
  ownerId?: number | null;
  status?: CompanyStatus;
  /** YYYY-MM-DD */
  notNowUntil?: string | null;
  statusReason?: string | null;
}

export interface NewCompany extends CompanyChange {
  name: string;
  normalizedName: string;
  timeZone: string;
}

export interface ContactChange {
  name?: string | undefined;
  position?: string | null | undefined;
  role?: ContactRole | undefined;
  email?: string | null | undefined;
  leftAt?: Date | null | undefined;
  companyId?: number | undefined;
}

/** What became of a duplicate. */
export type Absorbed = 'absorbed' | 'inUse' | 'twoOpenDeals';

export interface CompanyStore {
  /** Of these, those that are there. */
  existing(companyIds: readonly number[]): Promise<number[]>;
  /** A company with this tax number or one of these phones. */
  sameAs(taxNumber: string | null, phones: readonly string[]): Promise<number | null>;
  /** The name of another company that has this tax number. */
  holderOfTaxNumber(taxNumber: string, companyId: number): Promise<string | null>;
  /** Which of the dictionary entries is not there, or belongs to another channel. */
  wrongEntry(change: CompanyChange): Promise<'regionId' | 'channelId' | 'subchannelId' | 'sourceId' | null>;
  regionTimeZone(regionId: number): Promise<string | null>;
  create(company: NewCompany): Promise<number>;
  change(companyId: number, change: CompanyChange): Promise<void>;
  changeAll(companyIds: readonly number[], change: CompanyChange): Promise<void>;
  /** Its clock, while it may be called at all; null when it is on the kill list, asked not to be called, or is not there. */
  callable(companyId: number): Promise<{ timeZone: string } | null>;
  /** The enabled person who owns the company. */
  owner(companyId: number): Promise<{ id: number; timeZone: string } | null>;
  /** His companies' enabled owner-to-be; null when there is no such person. */
  ownerTeam(userId: number): Promise<{ teamId: number | null } | null>;
  /** Withdraws open promises when nobody is to call the company again; how many. */
  withdrawPromises(companyId: number, now: Date): Promise<number>;
  addNote(note: { companyId: number; authorId: number; text: string; at: Date }): Promise<void>;
  /** Adds a number, or brings the same one back into use. */
  addPhone(phone: { companyId: number; contactId: number | null; e164: string; extension: string | null }): Promise<void>;
  /** False when the company has no such number. */
  retirePhone(companyId: number, phoneId: number, reason: string, now: Date): Promise<boolean>;
  /** Another number or another person for it; `taken` when the company has that number already, `absent` without the row. */
  changePhone(
    companyId: number,
    phoneId: number,
    change: { e164?: string; extension?: string | null; contactId?: number | null },
  ): Promise<'changed' | 'taken' | 'absent'>;
  /** The order in which numbers are tried; what is not named comes after. */
  orderPhones(companyId: number, phoneIds: readonly number[]): Promise<void>;
  addContact(contact: {
    companyId: number;
    name: string;
    position: string | null;
    role: ContactRole;
    email: string | null;
  }): Promise<number>;
  contactCompany(contactId: number): Promise<number | null>;
  changeContact(contactId: number, change: ContactChange): Promise<void>;
  /** Moves everything of the duplicate over and removes it, unless either is held or called, or both have an open deal. */
  absorb(companyId: number, duplicateId: number): Promise<Absorbed>;
  /** Companies that this person exported since. */
  exportedSince(userId: number, since: Date): Promise<number>;
}
