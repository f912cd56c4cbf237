import * as behaviours from './behaviours.ts';
import type { CarrierFaults } from './faults.ts';
import { lookUpNumber } from './number-book.ts';
import type { ProspectPlan, ScriptStep } from './prospect-plan.ts';
import { seededFraction } from './seeded.ts';

/** Everything that a call from one number will bring, decided before it arrives. */
export interface Caller {
  /** What he does when he is answered. */
  plan: ProspectPlan & { kind: 'answered' };
  /** What he says to a machine. */
  message: readonly ScriptStep[];
  /** How long he lets it ring. */
  patienceSeconds: number;
  faults: CarrierFaults;
}

/** Callers with a habit of their own, by the last four digits of their number. README.md tells the same in words. */
const patienceOf: Readonly<Record<string, number>> = { '0487': 3, '0488': 600 };

/** Who calls from this number: the same seed and number always give the same. */
export function callerOf(seed: number, number: string): Caller {
  const callerSeed = [seed, number, 'caller'].join('/');
  const persona = behaviours.personaOfNumber(callerSeed, number);
  return {
    plan: behaviours.caller(callerSeed, persona),
    message: behaviours.message(persona),
    patienceSeconds: patienceOf[number.slice(-4)] ?? 60 + 60 * seededFraction(callerSeed, 'patience'),
    faults: lookUpNumber(seed, number, 1).faults,
  };
}
