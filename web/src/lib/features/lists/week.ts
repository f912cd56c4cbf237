/** Days YYYY-MM-DD, both inclusive. */
export interface Days {
  startsOn: string;
  endsOn: string;
}

const dayMilliseconds = 86_400_000;
const shifted = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMilliseconds).toISOString().slice(0, 10);
/** 1 is Monday. */
export const weekday = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay() || 7;

/** Days that are handed out at once. */
export type Span = 'today' | 'this' | 'next';

/** Today, what is left of this week, or the whole next one. */
export function weekOf(today: string, which: Span): Days {
  if (which === 'today') return { startsOn: today, endsOn: today };
  const sunday = shifted(today, 7 - weekday(today));
  return which === 'this' ? { startsOn: today, endsOn: sunday } : { startsOn: shifted(sunday, 1), endsOn: shifted(sunday, 7) };
}

/** Whether two spans share a day. */
export const overlaps = (left: Days, right: Days): boolean => left.startsOn <= right.endsOn && right.startsOn <= left.endsOn;

/** Each day of a span, in order. */
export function daysOf({ startsOn, endsOn }: Days): string[] {
  const days: string[] = [];
  for (let day = startsOn; day <= endsOn; day = shifted(day, 1)) days.push(day);
  return days;
}
