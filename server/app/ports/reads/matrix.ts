import type { MatrixCard, MatrixFilter, MatrixFilters, MatrixRow } from '../../../contract/http/matrix.ts';
import type { MonthFact } from '../../../core/matrix/marks.ts';
import type { Month } from '../../../core/matrix/months.ts';
import type { CompanyScope } from './companies.ts';

/** From the first month to the last, both inclusive. */
export interface MonthSpan {
  from: Month;
  to: Month;
}

export interface MatrixCompany extends Omit<MatrixRow, 'cells'> {
  facts: MonthFact[];
}

/** A company with what was said in the chosen months and what comes next, as a line manager reads it. */
export interface MatrixExportRow extends MatrixCompany {
  taxNumber: string | null;
  /** The last contacts of the chosen months, latest first. */
  contacts: { day: string; outcome: string | null; text: string | null }[];
  next: { kind: 'promise' | 'plannedMeeting' | 'tender' | 'plannedContact'; day: string; text: string | null }[];
  stage: string | null;
}

/** What a file is made of; what comes next is counted from `today`. */
export interface MatrixChoice {
  channelId: number;
  months: readonly Month[];
  today: string;
}

export interface MatrixReads {
  /** The channel a line manager was given, null when none. */
  channelOf(userId: number): Promise<number | null>;
  channelName(channelId: number): Promise<string | null>;
  /** Companies after `afterId` in the order of the matrix with their facts of the span; null when that company is not there any more. */
  companies(
    scope: CompanyScope,
    filter: MatrixFilter,
    page: { afterId: number | null; limit: number; span: MonthSpan },
  ): Promise<MatrixCompany[] | null>;
  filters(scope: CompanyScope): Promise<MatrixFilters>;
  /** The records of one month of a company, latest first, and the events that are called about in it; what is overdue stands in the current one. */
  cards(companyId: number, when: { month: Month; current: Month }): Promise<MatrixCard[]>;
  /** How many companies of a channel have anything in the months. */
  countWithFacts(scope: CompanyScope, channelId: number, months: readonly Month[]): Promise<number>;
  /** These companies, by number, in pages. */
  exportRows(scope: CompanyScope, chosen: MatrixChoice, page: { afterId: number; limit: number }): Promise<MatrixExportRow[]>;
}
