import { defaultSettings } from '$contract/settings.ts';
import { minuteOf } from './pace.ts';
import type { Workday } from './pace.ts';

/** The department's default calling hours: what a day's norm is spread over. */
export const usualWorkday: Workday = {
  startMinute: minuteOf(defaultSettings.callingHours.from),
  endMinute: minuteOf(defaultSettings.callingHours.to),
};
