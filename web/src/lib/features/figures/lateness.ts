import { formatNumber } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';

/** A lateness in its largest unit: minutes up to two hours, hours up to two days, then days. */
export function latenessWords(minutes: number): string {
  if (minutes < 120) return m.promises_minutes({ minutes: formatNumber(Math.ceil(minutes)) });
  if (minutes < 2 * 1440) return m.promises_hours({ hours: formatNumber(minutes / 60) });
  return m.promises_days({ days: formatNumber(minutes / 1440) });
}

/** Minutes between the deadline and what came of it; 0 in time. */
export const minutesLate = (deadlineAt: string, at: string | number): number =>
  Math.max(0, (new Date(at).getTime() - Date.parse(deadlineAt)) / 60_000);
