import { department } from '$lib/department.svelte.ts';
import { minuteOf } from './pace.ts';
import type { Workday } from './pace.ts';

/** The department's calling hours: what a day's norm is spread over. */
export function workdayOfDepartment(): Workday {
  const { from, to } = department.rules.callingHours;
  return { startMinute: minuteOf(from), endMinute: minuteOf(to) };
}
