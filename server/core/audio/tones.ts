/** One stretch of a repeating signal; no frequencies means silence. */
export interface ToneSegment {
  frequenciesHertz: readonly number[];
  milliseconds: number;
}

/** Tones of Russian networks (GOST 28384-89: 425 Hz), as a rep knows them from any telephone. */
export const ringbackTone: readonly ToneSegment[] = [
  { frequenciesHertz: [425], milliseconds: 1000 },
  { frequenciesHertz: [], milliseconds: 4000 },
];
export const busyTone: readonly ToneSegment[] = [
  { frequenciesHertz: [425], milliseconds: 350 },
  { frequenciesHertz: [], milliseconds: 350 },
];
/** A quiet three-note figure for who waits on hold. */
export const holdMusic: readonly ToneSegment[] = [
  { frequenciesHertz: [523], milliseconds: 400 },
  { frequenciesHertz: [659], milliseconds: 400 },
  { frequenciesHertz: [784], milliseconds: 800 },
  { frequenciesHertz: [], milliseconds: 400 },
];

const digitFrequencies: Readonly<Record<string, readonly [number, number]>> = {
  '1': [697, 1209],
  '2': [697, 1336],
  '3': [697, 1477],
  A: [697, 1633],
  '4': [770, 1209],
  '5': [770, 1336],
  '6': [770, 1477],
  B: [770, 1633],
  '7': [852, 1209],
  '8': [852, 1336],
  '9': [852, 1477],
  C: [852, 1633],
  '*': [941, 1209],
  '0': [941, 1336],
  '#': [941, 1477],
  D: [941, 1633],
};

/** The two frequencies of a keypad digit (ITU-T Q.23), or undefined for what is not on a keypad. */
export function frequenciesOfDigit(digit: string): readonly [number, number] | undefined {
  return digitFrequencies[digit];
}

/**
 * `length` samples of a repeating pattern, beginning at sample `from`; asked for piece by piece it sounds continuous.
 * `amplitude` is 0..1 of full scale for all frequencies together.
 */
export function toneSamples(
  pattern: readonly ToneSegment[],
  from: number,
  length: number,
  options: { sampleRate: number; amplitude: number },
): Int16Array {
  const samplesOf = (segment: ToneSegment): number => Math.round((segment.milliseconds * options.sampleRate) / 1000);
  const period = pattern.reduce((sum, segment) => sum + samplesOf(segment), 0);
  return Int16Array.from({ length }, (_, index) => {
    const position = from + index;
    let inPeriod = position % period;
    for (const segment of pattern) {
      const segmentSamples = samplesOf(segment);
      if (inPeriod < segmentSamples) return tone(segment, position, options);
      inPeriod -= segmentSamples;
    }
    return 0;
  });
}

function tone(segment: ToneSegment, position: number, options: { sampleRate: number; amplitude: number }): number {
  const count = segment.frequenciesHertz.length;
  if (count === 0) return 0;
  const sum = segment.frequenciesHertz.reduce(
    (total, frequency) => total + Math.sin((2 * Math.PI * frequency * position) / options.sampleRate),
    0,
  );
  return Math.round((sum / count) * options.amplitude * 32_767);
}
