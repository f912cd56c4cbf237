import { DateTime } from 'luxon';
import type { Days } from './links.ts';

export const presets = ['today', 'week', 'month'] as const;
export type Preset = (typeof presets)[number];

/** The days of a preset that ends today: the day, the week since Monday, the month since its first. */
export function daysOf(preset: Preset, today: string): Days {
  const end = DateTime.fromISO(today, { zone: 'utc' });
  switch (preset) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: end.startOf('week').toFormat('yyyy-MM-dd'), to: today };
    case 'month':
      return { from: end.startOf('month').toFormat('yyyy-MM-dd'), to: today };
    default:
      return preset satisfies never;
  }
}

/** The preset that means these days today, or null when they were chosen freely. */
export function presetOf(days: Days, today: string): Preset | null {
  return presets.find((preset) => daysOf(preset, today).from === days.from && days.to === today) ?? null;
}

/** The calendar day so many days later; earlier when negative. */
export function dayAfter(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toFormat('yyyy-MM-dd');
}

/** The working day before a day: on Monday the head asks about Friday. */
export function workdayBefore(day: string): string {
  const before = DateTime.fromISO(day, { zone: 'utc' }).minus({ days: 1 });
  return before.minus({ days: Math.max(0, before.weekday - 5) }).toFormat('yyyy-MM-dd');
}

/** The weekday in two or three letters. */
export function weekdayName(day: string, locale: string): string {
  return DateTime.fromISO(day, { zone: 'utc', locale }).toFormat('ccc');
}

/** How much of a plan for the month should be done by a day, counted in working days. */
export function planByDay(plan: number, day: string): number {
  const today = DateTime.fromISO(day, { zone: 'utc' });
  let passed = 0;
  let inAll = 0;
  for (let date = today.startOf('month'); date.month === today.month; date = date.plus({ days: 1 })) {
    if (date.weekday > 5) continue;
    inAll += 1;
    if (date <= today) passed += 1;
  }
  return Math.floor((plan * passed) / inAll);
}
