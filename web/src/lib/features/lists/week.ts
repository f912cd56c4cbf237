/** Days YYYY-MM-DD, both inclusive. */
export interface Days {
  startsOn: string;
  endsOn: string;
}

const dayMilliseconds = 86_400_000;
const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);
/** 1 is Monday. */
const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** What is left of this week, and the whole next one. */
export function weekOf(today: string, which: 'this' | 'next'): Days {
  const sunday = shifted(today, 7 - weekday(today));
  return which === 'this' ? { startsOn: today, endsOn: sunday } : { startsOn: shifted(sunday, 1), endsOn: shifted(sunday, 7) };
}

/** Whether two spans share a day. */
export const overlaps = (left: Days, right: Days): boolean => left.startsOn <= right.endsOn && right.startsOn <= left.endsOn;
