import { DateTime } from 'luxon';

/** A calendar month, YYYY-MM. */
export type Month = string;

/** The month being lived through is the last of the 36; twelve more lie ahead. */
const monthsBack = 35;
const monthsAhead = 12;

/** The calendar month of a day, YYYY-MM-DD. */
export const monthOf = (day: string): Month => day.slice(0, 7);

/** The month so many months later (earlier when negative). */
export function addMonths(month: Month, count: number): Month {
  const first = DateTime.fromISO(`${month}-01`, { zone: 'utc' });
  if (!first.isValid) throw new RangeError(`Not a month: ${month}`);
  return first.plus({ months: count }).toFormat('yyyy-MM');
}

/** The 48 months of the matrix: 36 with the one that `today` lies in, and the 12 after it. */
export function matrixMonths(today: string): Month[] {
  const current = monthOf(today);
  return Array.from({ length: monthsBack + 1 + monthsAhead }, (_, index) => addMonths(current, index - monthsBack));
}
