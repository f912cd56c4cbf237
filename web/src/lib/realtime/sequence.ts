/** What to do with a numbered update, given the number that the screen has. */
export type SequenceStep = 'apply' | 'ignore' | 'askSnapshot';

/** The next number applies, an old one is a copy, a jump (or no snapshot yet) means that something was missed. */
export function stepOf(have: number | null, got: number): SequenceStep {
  if (have === null) return 'askSnapshot';
  if (got <= have) return 'ignore';
  return got === have + 1 ? 'apply' : 'askSnapshot';
}
