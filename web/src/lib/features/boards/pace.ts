const minutesOfDay = 24 * 60;

/** The working day as minutes of the rep's clock. */
export interface Workday {
  startMinute: number;
  endMinute: number;
}

/** Minutes since midnight of `HH:mm`. */
export const minuteOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** Minutes since midnight on the clock of a zone. */
export function minuteOfDay(nowMilliseconds: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    nowMilliseconds,
  );
  return minuteOf(parts) % minutesOfDay;
}

/** How much of the working day is behind, 0 to 1. A day before `today` is over, a later one has not begun. */
export function shareOfDay(day: string, today: string, nowMinute: number, workday: Workday): number {
  if (day !== today) return day < today ? 1 : 0;
  const length = workday.endMinute - workday.startMinute;
  return Math.min(1, Math.max(0, (nowMinute - workday.startMinute) / length));
}

/** Nobody calls evenly to the minute: a tenth below the even pace is still in step. */
const tolerance = 0.9;

/** True when a figure is below what the hour asks for; without a norm never. */
export function isBehind(value: number, norm: number, share: number): boolean {
  return norm > 0 && value < Math.floor(norm * share * tolerance);
}
