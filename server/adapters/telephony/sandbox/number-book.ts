import type { CarrierFaults } from './faults.ts';
import * as behaviours from './behaviours.ts';
import type { ProspectPlan } from './prospect-plan.ts';
import { seededFraction } from './seeded.ts';

export interface NumberEntry {
  plan: ProspectPlan;
  faults: CarrierFaults;
}

/** Answers at the second ring and talks, for entries whose point is something else. */
const talker = (seed: string): ProspectPlan => behaviours.human(seed, 2, 'andrei');

/**
 * Numbers with a fixed fate, by their last four digits: for tests, training and demonstrations.
 * README.md beside this file is the same table in words.
 */
const fixedEndings: Readonly<Record<string, (seed: string) => { plan: ProspectPlan; faults?: CarrierFaults }>> = {
  '0001': (seed) => ({ plan: behaviours.human(seed, 2, 'andrei') }),
  '0002': (seed) => ({ plan: behaviours.human(seed, 2, 'marina') }),
  '0003': (seed) => ({ plan: behaviours.human(seed, 2, 'viktor') }),
  '0004': (seed) => ({ plan: behaviours.human(seed, 2, 'james') }),
  '0005': (seed) => ({ plan: behaviours.human(seed, 18) }),
  '0200': (seed) => ({ plan: behaviours.gatekeeper(seed) }),
  '0201': (seed) => ({ plan: behaviours.menu(seed) }),
  '0300': () => ({ plan: behaviours.machine() }),
  '0400': () => ({ plan: behaviours.silentLine() }),
  '0404': () => ({ plan: behaviours.invalidNumber }),
  '0480': () => ({ plan: behaviours.unanswered }),
  '0481': () => ({ plan: behaviours.switchedOff }),
  '0482': () => ({ plan: behaviours.unanswered }),
  '0486': () => ({ plan: behaviours.busy }),
  '0500': () => ({ plan: behaviours.angry() }),
  '0503': () => ({ plan: behaviours.providerError }),
  '0504': () => ({ plan: behaviours.refusedByProvider }),
  '0505': (seed) => ({ plan: talker(seed), faults: { ambiguousDial: 'beforeAccepting' } }),
  '0506': (seed) => ({ plan: talker(seed), faults: { ambiguousDial: 'afterAccepting' } }),
  '0603': () => ({ plan: behaviours.rejected }),
  '0701': (seed) => ({ plan: talker(seed), faults: { recording: 'missing' } }),
  '0702': (seed) => ({ plan: talker(seed), faults: { recording: 'partial' } }),
  '0801': (seed) => ({ plan: talker(seed), faults: { doubledEvents: true } }),
  '0802': (seed) => ({ plan: talker(seed), faults: { reorderedEvents: true } }),
  '0803': (seed) => ({ plan: talker(seed), faults: { lateEventSeconds: 5 } }),
  '0804': (seed) => ({ plan: talker(seed), faults: { lostEvents: ['ringing', 'answered'] } }),
  '0805': (seed) => ({ plan: talker(seed), faults: { lostEvents: ['ended'] } }),
  '0999': () => ({ plan: behaviours.strangeCarrier() }),
};

/** What cold calls to companies come to, in parts of a hundred. */
const likelihoods: readonly { parts: number; plan: (seed: string) => ProspectPlan }[] = [
  { parts: 27, plan: (seed) => behaviours.human(seed, 3 + 6 * seededFraction(seed, 'ring')) },
  { parts: 5, plan: (seed) => behaviours.human(seed, 15 + 8 * seededFraction(seed, 'ring')) },
  { parts: 18, plan: (seed) => behaviours.gatekeeper(seed) },
  { parts: 3, plan: (seed) => behaviours.menu(seed) },
  { parts: 21, plan: () => behaviours.unanswered },
  { parts: 8, plan: () => behaviours.busy },
  { parts: 6, plan: () => behaviours.machine() },
  { parts: 4, plan: () => behaviours.rejected },
  { parts: 3, plan: () => behaviours.switchedOff },
  { parts: 2, plan: () => behaviours.angry() },
  { parts: 1, plan: () => behaviours.silentLine() },
  { parts: 1, plan: () => behaviours.providerError },
  { parts: 1, plan: () => behaviours.strangeCarrier() },
];

/**
 * What this dial of this number will come to: the same seed, number and try always give the same.
 * A number that does not exist stays so at every try (1 in 50); the rest differs from try to try.
 */
export function lookUpNumber(seed: number, number: string, tryCount: number): NumberEntry {
  const trySeed = [seed, number, tryCount].join('/');
  const fixed = fixedEndings[number.slice(-4)];
  if (fixed) return { faults: {}, ...fixed(trySeed) };
  if (seededFraction(seed, number, 'exists') < 0.02) return { plan: behaviours.invalidNumber, faults: {} };
  let point = seededFraction(trySeed, 'fate') * 100;
  for (const { parts, plan } of likelihoods) {
    if (point < parts) return { plan: plan(trySeed), faults: {} };
    point -= parts;
  }
  return { plan: behaviours.unanswered, faults: {} };
}
