/** Promises looked at ahead: more of them in one row would fill a morning. */
export const promisesLookedAt = 8;

/**
 * By when a call that is no obligation must have ended, so that every promise ahead can be dialled at its time: of several promised to the
 * same minutes each needs the time that the calls before it take. Null when nothing is promised.
 * @param dueTimes when the promises ahead fall due, ascending
 * @param callSeconds what a promised call takes in the mean
 */
export function mustEndBy(dueTimes: readonly Date[], callSeconds: number): Date | null {
  const latest = dueTimes.map((due, before) => due.getTime() - before * callSeconds * 1000);
  return latest.length === 0 ? null : new Date(Math.min(...latest));
}
