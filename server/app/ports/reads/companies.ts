import type { z } from 'zod';
import type { CompanyFilter, CompanyRow, CompanySort, companyFilters } from '../../../contract/http/companies.ts';
import type { ContactRow } from '../../../contract/http/contacts.ts';

/** Whose companies a person sees (domain.md, "Access"); `workedSince` is the start of his day. */
export type CompanyScope =
  | { kind: 'all' }
  | { kind: 'team'; teamId: number; userId: number }
  | { kind: 'seller'; userId: number }
  | { kind: 'channel'; channelId: number }
  | { kind: 'rep'; userId: number; workedSince: Date };

export interface CompanyPage {
  sort: CompanySort | null;
  descending: boolean;
  offset: number;
  limit: number;
}

export interface CompanyReads {
  /** In the order asked for, one more than `limit` when there are more; equal ones by id. */
  companies(scope: CompanyScope, filter: CompanyFilter, page: CompanyPage): Promise<CompanyRow[]>;
  /** How many the person sees, counted up to `atMost`. */
  countSeen(scope: CompanyScope, filter: CompanyFilter, atMost: number): Promise<number>;
  /** How many the filter finds, counted up to `atMost`. */
  count(filter: CompanyFilter, atMost: number): Promise<number>;
  mayBeSame(companyId: number): Promise<CompanyRow[]>;
  sees(scope: CompanyScope, companyId: number): Promise<boolean>;
  seesAll(scope: CompanyScope, companyIds: readonly number[]): Promise<boolean>;
  filters(): Promise<z.infer<typeof companyFilters.reply>>;
  contacts(
    scope: CompanyScope,
    filter: { companyId?: number | undefined; q?: string | undefined; contactId?: number },
    page: { after: number; limit: number },
  ): Promise<ContactRow[]>;
  /** Rows for an export in pages by id, with all numbers and people in one text each. */
  exportRows(filter: CompanyFilter, page: { after: number; limit: number }): Promise<ExportRow[]>;
}

export interface ExportRow extends CompanyRow {
  legalName: string | null;
  address: string | null;
  site: string | null;
  source: string | null;
  notes: string;
  phones: string[];
  contactName: string | null;
  contactPosition: string | null;
  email: string | null;
}
