import type { CompanyCardReads } from './company-card.ts';
import type { PeopleReads } from './people.ts';
import type { ScheduleReads } from './schedule.ts';

/** What screens and reports look at, one set of queries per word of the trade; each is scoped to the actor by its use case. */
export interface Reads {
  companyCard: CompanyCardReads;
  people: PeopleReads;
  schedule: ScheduleReads;
}
