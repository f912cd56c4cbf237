import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chanceOfNobody, chanceOfSecondAnswer, type Floor, type LineRates } from '../../server/core/pacing/chance-of-nobody.ts';
import { highestCapPercent, lineLimits, linesOfRep, linesToDial, linesWithinCap, steer } from '../../server/core/pacing/pace.ts';
import { seededChance } from '../../server/core/simulation/chance.ts';
import { linesPerFreeRep, rememberedChance, selfTuning, simulatePacing } from '../../server/core/simulation/pacing.ts';

const rates: fc.Arbitrary<LineRates> = fc.record({
  answerShare: fc.double({ min: 0.05, max: 0.6, noNaN: true }),
  ringSeconds: fc.integer({ min: 5, max: 30 }),
  talkSeconds: fc.integer({ min: 20, max: 300 }),
  wrapUpSeconds: fc.integer({ min: 5, max: 120 }),
});
const count = fc.integer({ min: 0, max: 20 });
const floors: fc.Arbitrary<Floor> = fc.record({ free: count, talking: count, wrappingUp: count, ringing: count, waiting: fc.constant(0) });
const ledgers = fc.record({
  capPercent: fc.double({ min: 0, max: highestCapPercent, noNaN: true }),
  answered: fc.integer({ min: 0, max: 5000 }),
  abandoned: fc.integer({ min: 0, max: 150 }),
  atRisk: fc.integer({ min: 0, max: 20 }),
});
const thresholds = fc.double({ min: 0, max: 0.6, noNaN: true });
const mostLines = fc.integer({ min: lineLimits.fewest, max: lineLimits.most });

describe('the chance to meet nobody', () => {
  it('is one of a hundred percent, grows with the lines that ring and shrinks with the reps who are free', () => {
    fc.assert(
      fc.property(floors, rates, (floor, of) => {
        const chance = chanceOfNobody(floor, of);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(chanceOfNobody({ ...floor, ringing: floor.ringing + 1 }, of)).toBeGreaterThanOrEqual(chance - 1e-5);
        expect(chanceOfNobody({ ...floor, free: floor.free + 1 }, of)).toBeLessThanOrEqual(chance + 1e-5);
      }),
    );
  });

  it('is none while more reps are free than lines ring, and certain where nobody is', () => {
    fc.assert(
      fc.property(rates, count, (of, ringing) => {
        const nobody = { talking: 0, wrappingUp: 0, waiting: 0 };
        expect(chanceOfNobody({ ...nobody, free: ringing + 1, ringing }, of)).toBeCloseTo(0, 9);
        expect(chanceOfNobody({ ...nobody, free: 0, ringing }, of)).toBe(1);
      }),
    );
  });

  it('of lines that are taken back at the first answer is smaller than of lines that ring on', () => {
    fc.assert(
      fc.property(rates, fc.integer({ min: 1, max: 4 }), (of, others) => {
        const ringOn = chanceOfNobody({ free: 1, talking: 0, wrappingUp: 0, waiting: 0, ringing: others }, of);
        expect(chanceOfSecondAnswer(others, of)).toBeLessThanOrEqual(ringOn + 1e-9);
        expect(chanceOfSecondAnswer(others + 1, of)).toBeGreaterThan(chanceOfSecondAnswer(others, of));
      }),
    );
  });
});

describe('lines of a rep', () => {
  it('are never more than the list allows, and never so many that all of them answering would break its cap', () => {
    fc.assert(
      fc.property(rates, thresholds, mostLines, ledgers, (of, threshold, most, ledger) => {
        const lines = linesOfRep({ rates: of, threshold, most }, ledger, false);
        expect(lines).toBeGreaterThanOrEqual(1);
        expect(lines).toBeLessThanOrEqual(most);
        const worst = ledger.abandoned + ledger.atRisk + (lines - 1);
        if (lines > 1) expect(worst).toBeLessThanOrEqual((ledger.capPercent / 100) * ledger.answered);
      }),
    );
  });

  it('are none when a promise is due, and one when the cap is near', () => {
    fc.assert(
      fc.property(rates, thresholds, mostLines, ledgers, (of, threshold, most, ledger) => {
        expect(linesOfRep({ rates: of, threshold, most }, ledger, true)).toBe(0);
        const spent = { ...ledger, abandoned: Math.ceil((ledger.capPercent / 100) * ledger.answered) };
        expect(linesWithinCap(spent)).toBe(0);
        expect(linesOfRep({ rates: of, threshold, most }, spent, false)).toBe(1);
      }),
    );
  });

  it('grow with the threshold', () => {
    fc.assert(
      fc.property(floors, rates, thresholds, thresholds, (floor, of, one, other) => {
        const chance = (at: Floor): number => chanceOfNobody(at, of);
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        expect(linesToDial(floor, low, 12, chance)).toBeLessThanOrEqual(linesToDial(floor, high, 12, chance));
      }),
    );
  });
});

describe('a department that paces itself', () => {
  it('holds the cap whatever its size and its calls, and works more than with one line each', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 15 }), rates, fc.integer(), (reps, of, seed) => {
        const department = { reps, hours: 16, rates: of };
        const single = simulatePacing({ ...department, chance: seededChance(seed) }, linesPerFreeRep(1, 'one line each'));
        const paced = simulatePacing(
          { ...department, chance: seededChance(seed) },
          selfTuning(highestCapPercent, { name: 'ours', chance: rememberedChance(of), most: 8 * reps }),
        );
        expect(single.abandonedPercent).toBe(0);
        // A day's share wanders around the cap by a few times its own standard error.
        const spread = 100 * Math.sqrt((0.03 * 0.97) / Math.max(1, paced.answered));
        expect(paced.abandonedPercent).toBeLessThanOrEqual(highestCapPercent + 0.3 + 4 * spread);
        expect(paced.utilisationPercent).toBeGreaterThanOrEqual(single.utilisationPercent - 2);
      }),
      { numRuns: 10 },
    );
  });

  it('steers down by what was abandoned and up by what was not', () => {
    fc.assert(
      fc.property(thresholds, (threshold) => {
        expect(steer(threshold, true, highestCapPercent)).toBeLessThanOrEqual(threshold);
        expect(steer(threshold, false, highestCapPercent)).toBeGreaterThanOrEqual(Math.min(threshold, 0.6));
      }),
    );
  });
});
