import type { ToneSegment } from '../../../server/core/audio/tones.ts';
import type { DialFault } from './faults.ts';

export type CallEnd = { status: 'busy' | 'no-answer' | 'failed' | 'completed'; sipCode: number };
export type Fate =
  | { kind: 'answers'; afterSeconds: number; voice: readonly ToneSegment[]; answeredBy: string; staysSeconds: number }
  | { kind: 'declines'; afterSeconds: number; rings: boolean; end: CallEnd };

const talking: readonly ToneSegment[] = [
  { frequenciesHertz: [440], milliseconds: 300 },
  { frequenciesHertz: [], milliseconds: 50 },
];
const silence: readonly ToneSegment[] = [{ frequenciesHertz: [], milliseconds: 1000 }];

const answers = (more: Partial<Extract<Fate, { kind: 'answers' }>> = {}): Fate => ({
  kind: 'answers',
  afterSeconds: 0.4,
  voice: talking,
  answeredBy: 'human',
  staysSeconds: 3600,
  ...more,
});
const declines = (status: CallEnd['status'], sipCode: number, rings: boolean): Fate => ({
  kind: 'declines',
  afterSeconds: 0.4,
  rings,
  end: { status, sipCode },
});

/** The last four digits of a number decide, the same ones as in the sandbox's number book. */
const fates: Readonly<Record<string, Fate>> = {
  '0001': answers(),
  '0300': answers({ answeredBy: 'machine_start' }),
  '0310': answers({ answeredBy: 'fax' }),
  '0400': answers({ voice: silence }),
  '0404': declines('failed', 404, false),
  '0480': { kind: 'declines', afterSeconds: Number.POSITIVE_INFINITY, rings: true, end: { status: 'no-answer', sipCode: 480 } },
  '0486': declines('busy', 486, true),
  '0500': answers({ staysSeconds: 2 }),
  '0503': declines('failed', 503, false),
  '0603': declines('busy', 603, true),
  '0999': answers({ answeredBy: 'martian' }),
};

export const fateOf = (number: string): Fate => fates[number.slice(-4)] ?? answers({ staysSeconds: 20 });

/** Numbers that are trouble at the dial itself. */
export function dialFaultOf(number: string): DialFault | null {
  if (number.endsWith('0504')) return 'serverErrorBefore';
  if (number.endsWith('0505')) return 'resetBefore';
  if (number.endsWith('0506')) return 'resetAfter';
  return null;
}
