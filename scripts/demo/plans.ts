import type { CompanyState } from './history/company-state.ts';
import { sellerIds } from './people.ts';

const dayMillis = 86_400_000;

/** Every so many customers buy by tender; the tenders are spread over the year ahead. */
const everyCustomer = 3;

/** Tenders of customers, called about two months ahead; the contact matrix shows them. */
export function plannedEventRows(states: readonly CompanyState[], now: Date): object[] {
  return states
    .filter((state) => state.customerSince !== null)
    .filter((_, index) => index % everyCustomer === 0)
    .map((state, index) => ({
      id: index + 1,
      companyId: state.company.id,
      kind: 'tender',
      title: 'Закупка на следующий год',
      on: new Date(now.getTime() + (20 + ((index * 37) % 320)) * dayMillis).toISOString().slice(0, 10),
      monthsAhead: 2,
      authorId: sellerIds[0],
      createdAt: now,
    }));
}
