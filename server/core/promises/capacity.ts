import type { Bounds } from '../hours/local-time.ts';
import { addMinutes } from '../hours/local-time.ts';

/** A quarter of an hour of a rep's day: how many promises stand in it and how many more fit. */
export interface Quarter {
  start: Date;
  promises: number;
  room: number;
}

const QUARTER_MINUTES = 15;

/**
 * How full each quarter of an hour is.
 * @param within the part of the day that is looked at; quarters begin at its start
 * @param promised the exact times already promised by the rep
 * @param perQuarterHour how many calls fit into a quarter, see `fittingQuarter`
 */
export function quartersOf(within: Bounds, promised: readonly Date[], perQuarterHour: number): Quarter[] {
  const quarters: Quarter[] = [];
  for (let start = within.start; start < within.end; start = addMinutes(start, QUARTER_MINUTES)) {
    const end = addMinutes(start, QUARTER_MINUTES);
    const promises = promised.filter((time) => time >= start && time < end).length;
    quarters.push({ start, promises, room: Math.max(0, perQuarterHour - promises) });
  }
  return quarters;
}

/** What a call takes, as it was learned. */
interface CallTime {
  meanSeconds: number;
  spreadSeconds: number;
}

/**
 * How many promises fit into a quarter of an hour, at least one: all are promised to the same minute, and the last is still dialled within
 * the grace when the calls before it take by their spread longer than in the mean. The setting's number while nothing is learned.
 */
export function fittingQuarter(call: CallTime | null, graceMinutes: number, perQuarterHour: number): number {
  if (call === null) return perQuarterHour;
  const most = Math.floor((QUARTER_MINUTES * 60) / call.meanSeconds);
  const windowSeconds = 2 * graceMinutes * 60;
  let fit = 1;
  while (fit < most && fit * call.meanSeconds + Math.sqrt(fit) * call.spreadSeconds <= windowSeconds) fit += 1;
  return fit;
}

/** The starts of the free quarters nearest to a wished time, not in the past, nearest first; of two equally near the earlier. */
export function nearestFree(quarters: readonly Quarter[], wished: Date, now: Date, howMany = 3): Date[] {
  const distance = (quarter: Quarter): number => Math.abs(quarter.start.getTime() - wished.getTime());
  return quarters
    .filter((quarter) => quarter.room > 0 && quarter.start >= now)
    .sort((one, other) => distance(one) - distance(other) || one.start.getTime() - other.start.getTime())
    .slice(0, howMany)
    .map((quarter) => quarter.start);
}
