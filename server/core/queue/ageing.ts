import { addDays, dayBounds } from '../hours/local-time.ts';

/**
 * Promises with a deadline before this instant are aged: they go before everything else, so that none starves behind fresh ones.
 * Null when the setting is off.
 * @param today the rep's day
 */
export function agedBefore(ageingDays: number, today: string, timeZone: string): Date | null {
  return ageingDays === 0 ? null : dayBounds(addDays(today, 1 - ageingDays), timeZone).start;
}
