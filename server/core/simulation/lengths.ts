import { callLengthOf, meanAndSpread, type CallLength, type LearnedDuration } from '../schedule/durations.ts';

/** The last calls that are learned from. */
const remembered = 5_000;
const points = [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95];

/** What a simulated department learns of how long its calls take, in the morning of each day, as the product does. */
export interface Lengths {
  heard: { talk: number[]; missed: number[] };
  /** Null on the first day. */
  learned: CallLength | null;
  meanSeconds: number | null;
  spreadSeconds: number | null;
}

export const nothingLearned = (): Lengths => ({ heard: { talk: [], missed: [] }, learned: null, meanSeconds: null, spreadSeconds: null });

function learnedOf(code: string, heard: readonly number[]): LearnedDuration {
  const sorted = heard.toSorted((left, right) => left - right);
  const seconds = points.map((share) => sorted[Math.floor(sorted.length * share)] ?? 0);
  return { listId: 0, code, calls: sorted.length, seconds };
}

/** Learns from the calls heard so far. */
export function learn(lengths: Lengths): void {
  const { heard } = lengths;
  heard.talk.splice(0, heard.talk.length - remembered);
  heard.missed.splice(0, heard.missed.length - remembered);
  const durations = [learnedOf('talk', heard.talk), learnedOf('noAnswer', heard.missed)].filter(({ calls }) => calls > 0);
  lengths.learned = callLengthOf(durations, null);
  if (lengths.learned === null) return;
  const { meanSeconds, spreadSeconds } = meanAndSpread(lengths.learned);
  lengths.meanSeconds = meanSeconds;
  lengths.spreadSeconds = spreadSeconds;
}
