/** The peaks of the contract, as far as pauses need them. */
interface Peaks {
  durationSeconds: number;
  channels: readonly { minimum: readonly number[]; maximum: readonly number[] }[];
}

/** A pause of both sides, in seconds from the beginning. */
export interface Pause {
  from: number;
  to: number;
}

/** Louder than the line's own noise: about 3 % of full scale, of -128..127. */
const heardFrom = 4;
/** A shorter pause is part of speaking. */
const leastPauseSeconds = 1.2;
/** Kept on both edges, so that no word loses its beginning. */
const edgeSeconds = 0.2;

/** The pauses that are worth skipping: neither side is heard for longer than a breath. */
export function findPauses(peaks: Peaks): Pause[] {
  const buckets = peaks.channels[0]?.minimum.length ?? 0;
  if (buckets === 0 || peaks.durationSeconds <= 0) return [];
  const secondsPerBucket = peaks.durationSeconds / buckets;
  const isQuiet = (bucket: number): boolean =>
    peaks.channels.every(({ minimum, maximum }) => Math.max(-(minimum[bucket] ?? 0), maximum[bucket] ?? 0) < heardFrom);
  const pauses: Pause[] = [];
  let begin: number | null = null;
  for (let bucket = 0; bucket <= buckets; bucket += 1) {
    const quiet = bucket < buckets && isQuiet(bucket);
    if (quiet) begin ??= bucket;
    else if (begin !== null) {
      const length = (bucket - begin) * secondsPerBucket;
      if (length >= leastPauseSeconds)
        pauses.push({ from: begin * secondsPerBucket + edgeSeconds, to: bucket * secondsPerBucket - edgeSeconds });
      begin = null;
    }
  }
  return pauses;
}

/** Where to go on from `second`: the end of the pause that it lies in, or null. */
export function endOfPause(pauses: readonly Pause[], second: number): number | null {
  return pauses.find((pause) => second >= pause.from && second < pause.to)?.to ?? null;
}

/** Seconds that skipping saves. */
export const pausedSeconds = (pauses: readonly Pause[]): number => pauses.reduce((sum, { from, to }) => sum + to - from, 0);
