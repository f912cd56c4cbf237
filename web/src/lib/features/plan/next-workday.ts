const dayMilliseconds = 86_400_000;

/** The first working day after `today`; weekdays as ISO counts them, 1 is Monday. Tomorrow when no weekday works. */
export function nextWorkday(today: string, workingDays: readonly number[]): string {
  const ahead = [1, 2, 3, 4, 5, 6, 7].map((days) => new Date(Date.parse(`${today}T00:00:00Z`) + days * dayMilliseconds));
  const day = ahead.find((date) => workingDays.includes(date.getUTCDay() || 7)) ?? ahead[0] ?? new Date(`${today}T00:00:00Z`);
  return day.toISOString().slice(0, 10);
}
