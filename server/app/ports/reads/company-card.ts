import type { CompanyCard } from '../../../contract/http/company-card.ts';

export interface CompanyCardReads {
  /** Everything the call screen shows of a company; null when there is none. Who may see it is the use case's to say. */
  card(companyId: number, now: Date): Promise<CompanyCard | null>;
}
