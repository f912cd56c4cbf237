import type { CallLength } from './durations.ts';

/** When somebody is free, as far as it is known: instants in milliseconds with their weights, ascending; the weights sum to 1. */
export type FreeAt = readonly { ms: number; weight: number }[];

/** So many points say enough: one in twenty. */
const pointsKept = 20;

/** Free at this very instant. */
export const freeNow = (now: Date): FreeAt => [{ ms: now.getTime(), weight: 1 }];

/** As few points as are kept: the middle of each part of equal weight. */
function thinned(points: FreeAt): FreeAt {
  if (points.length <= pointsKept) return points;
  const sorted = points.toSorted((left, right) => left.ms - right.ms);
  const kept: { ms: number; weight: number }[] = [];
  let passed = 0;
  for (const { ms, weight } of sorted) {
    passed += weight;
    while (kept.length < pointsKept && (kept.length + 0.5) / pointsKept <= passed) kept.push({ ms, weight: 1 / pointsKept });
  }
  return kept;
}

/** After one more call, begun as soon as he is free but not before `notBeforeMs`; where `starts` says no, the call is left out. */
export function afterCall(free: FreeAt, length: CallLength, notBeforeMs: number, starts: (ms: number) => boolean = () => true): FreeAt {
  return thinned(
    free.flatMap(({ ms, weight }) => {
      const begins = Math.max(ms, notBeforeMs);
      if (!starts(begins)) return [{ ms, weight }];
      return length.points.map((point) => ({ ms: begins + point.seconds * 1000, weight: weight * point.weight }));
    }),
  );
}

/** When the call ends that has lasted so many seconds already; one that outlasts everything learned is given a mean call more. */
export function afterLiveCall(now: Date, lastedSeconds: number, length: CallLength, meanSeconds: number): FreeAt {
  const longer = length.points.filter(({ seconds }) => seconds > lastedSeconds);
  const sum = longer.reduce((total, { weight }) => total + weight, 0);
  if (sum === 0) return [{ ms: now.getTime() + meanSeconds * 1000, weight: 1 }];
  return longer.map(({ seconds, weight }) => ({ ms: now.getTime() + (seconds - lastedSeconds) * 1000, weight: weight / sum }));
}

/** How probable it is that he is free only after an instant. */
export const shareAfter = (free: FreeAt, deadlineMs: number): number =>
  free.reduce((sum, { ms, weight }) => sum + (ms > deadlineMs ? weight : 0), 0);
