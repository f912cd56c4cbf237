import type { CompanyCard } from '../../../contract/http/company-card.ts';

export interface CompanyCardReads {
  /** Everything a rep sees of a company while he works on it; null when there is no such company. Who may see it is the use case's rule. */
  card(companyId: number): Promise<CompanyCard | null>;
}
