/** How long calls of one list with one outcome last, from the dial to the outcome: points of equal weight, ascending. */
export interface LearnedDuration {
  /** 0 stands for all lists. */
  listId: number;
  code: string;
  calls: number;
  seconds: readonly number[];
}

/** Lengths of calls of one list: its outcomes mixed as often as they happen. */
export interface CallLength {
  /** Seconds with their weights, ascending; the weights sum to 1. */
  points: readonly { seconds: number; weight: number }[];
}

/** Fewer calls say nothing about a list; then all lists speak for it. */
const enoughCalls = 30;

/** The lengths of a list's calls, else of all calls; null before enough were made. */
export function callLengthOf(learned: readonly LearnedDuration[], listId: number | null): CallLength | null {
  const own = listId === null ? [] : learned.filter((duration) => duration.listId === listId);
  return mixed(own) ?? mixed(learned.filter((duration) => duration.listId === 0));
}

function mixed(durations: readonly LearnedDuration[]): CallLength | null {
  const calls = durations.reduce((sum, duration) => sum + duration.calls, 0);
  if (calls < enoughCalls) return null;
  const points = durations.flatMap(({ seconds, calls: weight }) =>
    seconds.map((second) => ({ seconds: second, weight: weight / calls / seconds.length })),
  );
  return { points: points.sort((left, right) => left.seconds - right.seconds) };
}

/** Calls that all last the same: what is reckoned with while nothing is learned. */
export const alwaysLasting = (seconds: number): CallLength => ({ points: [{ seconds, weight: 1 }] });

/** How probable it is that a call ends within so many seconds. */
export const shareWithin = (length: CallLength, seconds: number): number =>
  length.points.reduce((sum, point) => sum + (point.seconds <= seconds ? point.weight : 0), 0);

/** What a call takes in the mean, and by how much it strays from it. */
export function meanAndSpread(length: CallLength): { meanSeconds: number; spreadSeconds: number } {
  const meanSeconds = length.points.reduce((sum, point) => sum + point.seconds * point.weight, 0);
  const variance = length.points.reduce((sum, point) => sum + (point.seconds - meanSeconds) ** 2 * point.weight, 0);
  return { meanSeconds, spreadSeconds: Math.sqrt(variance) };
}

/** Guard against small differences of summed weights. */
const rounding = 1e-9;

/**
 * The promise guard: whether an optional call of that length may start when a promise falls due after so many seconds.
 * @param surePercent how surely it must end before the promise
 * @param fallbackSeconds what a call is taken to last while nothing is learned
 */
export function mayStartBefore(length: CallLength | null, secondsLeft: number, surePercent: number, fallbackSeconds: number): boolean {
  if (length === null) return secondsLeft > fallbackSeconds;
  return shareWithin(length, secondsLeft) + rounding >= surePercent / 100;
}
