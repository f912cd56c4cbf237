import { expect, it } from 'vitest';
import { endOfPause, findPauses, pausedSeconds } from '../../web/src/lib/features/review/silence.ts';

/** Tenths of a second, one letter each: r the rep speaks, p the prospect, . the line's noise. */
function peaks(drawn: string) {
  const channel = (letter: string) => ({
    minimum: [...drawn].map((at) => (at === letter ? -60 : -2)),
    maximum: [...drawn].map((at) => (at === letter ? 60 : 2)),
  });
  return { durationSeconds: drawn.length / 10, channels: [channel('r'), channel('p')] };
}
const rounded = (drawn: string) => findPauses(peaks(drawn)).map(({ from, to }) => [Math.round(from * 10) / 10, Math.round(to * 10) / 10]);

it('finds what is quiet on both sides, with a breath left at the edges', () => {
  expect(rounded(`rrrrr${'.'.repeat(20)}ppppp`)).toEqual([[0.7, 2.3]]);
});

it('leaves short pauses and the pauses of one side alone', () => {
  expect(rounded(`rr${'.'.repeat(11)}rr${'p'.repeat(40)}rr`)).toEqual([]);
});

it('finds a pause at the beginning and one at the end', () => {
  expect(rounded(`${'.'.repeat(15)}r${'.'.repeat(15)}`)).toEqual([
    [0.2, 1.3],
    [1.8, 2.9],
  ]);
});

it('goes on at the end of the pause, and nowhere else', () => {
  const pauses = findPauses(peaks(`rrrrr${'.'.repeat(20)}ppppp`));
  expect(endOfPause(pauses, 0.6)).toBeNull();
  expect(endOfPause(pauses, 1)).toBeCloseTo(2.3);
  expect(endOfPause(pauses, 2.3)).toBeNull();
  expect(pausedSeconds(pauses)).toBeCloseTo(1.6);
});

it('has nothing to skip in an empty waveform', () => {
  expect(findPauses({ durationSeconds: 0, channels: [] })).toEqual([]);
});
