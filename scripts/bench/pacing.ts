import type { Floor, LineRates } from '../../server/core/pacing/chance-of-nobody.ts';
import { highestCapPercent } from '../../server/core/pacing/pace.ts';
import { seededChance } from '../../server/core/simulation/chance.ts';
import {
  fixedThreshold,
  hardLimitAdaptive,
  linesPerFreeRep,
  rememberedChance,
  selfTuning,
  simulatePacing,
  type PacedDay,
  type Pacing,
} from '../../server/core/simulation/pacing.ts';
import { rounded, type Bench } from './lib/row.ts';

/** One call in four is answered by a human. */
const rates: LineRates = { answerShare: 0.25, ringSeconds: 15, talkSeconds: 90, wrapUpSeconds: 30 };
const departments = [5, 10, 20, 50, 100];
const searchSteps = 12;

/** The threshold that fills the cap to the brim, found by trying: what nobody knows beforehand. */
function bestThreshold(run: (pacing: Pacing) => PacedDay, chance: (floor: Floor) => number, most: number): number {
  let [low, high] = [0, 0.6];
  for (let step = 0; step < searchSteps; step += 1) {
    const middle = (low + high) / 2;
    if (run(fixedThreshold(middle, { name: 'tried', chance, most })).abandonedPercent > highestCapPercent) high = middle;
    else low = middle;
  }
  return low;
}

/** Days of departments that dial by different paces (`--reps`, `--days`, `--seed`): how much they work, how many people they leave in silence. */
export function bench({ row, option }: Bench): Promise<void> {
  const hours = 8 * Number(option('days') ?? 5);
  const seed = Number(option('seed') ?? 1);
  const asked = option('reps');
  for (const reps of asked === undefined ? departments : [Number(asked)]) {
    const run = (pacing: Pacing): PacedDay => simulatePacing({ reps, hours, rates, chance: seededChance(seed) }, pacing);
    const chance = rememberedChance(rates);
    const most = 8 * reps;
    const pacings = [
      linesPerFreeRep(1, 'one line each'),
      linesPerFreeRep(2, 'two lines per free rep'),
      hardLimitAdaptive(highestCapPercent, reps, "market leader's adaptive, its defaults"),
      selfTuning(highestCapPercent, { name: 'self-tuning newsvendor', chance, most }),
      fixedThreshold(bestThreshold(run, chance, most), { name: 'best threshold, known beforehand', chance, most }),
    ];
    for (const pacing of pacings) {
      const day = run(pacing);
      row({ case: `${reps} reps, ${pacing.name}`, metric: 'utilisation', value: rounded(day.utilisationPercent), unit: '%' });
      row({ case: `${reps} reps, ${pacing.name}`, metric: 'abandoned', value: rounded(day.abandonedPercent), unit: '%' });
    }
  }
  return Promise.resolve();
}
