import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { defaultSettings } from '../../server/contract/settings.ts';
import { callOrders, withoutOneRule } from '../../server/core/simulation/orders.ts';
import { inRoot } from '../lib/paths.mjs';
import type { Figure } from './promises/figures.ts';
import type { Bench } from './lib/row.ts';

const figuresSchema = z.array(z.object({ metric: z.string(), value: z.number(), unit: z.string() }));

/** Simulates one order in a process of its own. */
async function simulated(name: string, sizes: readonly string[]): Promise<Figure[]> {
  const child = fork(inRoot('scripts/bench/promises/worker.ts'), [name, ...sizes], { execArgv: ['--import', 'tsx'] });
  const said = once(child, 'message');
  const [code] = await Promise.race([once(child, 'exit'), said.then(() => [0])]);
  if (code !== 0) throw new Error(`the simulation of ${name} ended with ${String(code)}`);
  return figuresSchema.parse((await said)[0]);
}

/**
 * Four weeks of fifty reps, run with our order, with those of the market, and with ours without one rule each; as many at once as there are
 * processors. Every company has the same chances in each (`--seed`); `--reps` and `--days` make it smaller.
 */
export async function bench({ row, option }: Bench): Promise<void> {
  const guardPercent = String(defaultSettings.promises.guardPercent);
  const sizes = [option('reps') ?? '50', option('days') ?? '20', option('seed') ?? '1', option('guard') ?? guardPercent];
  const waiting = [...callOrders, ...withoutOneRule].map(({ name }) => name);
  const simulateNext = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
      for (const figure of await simulated(name, sizes)) row({ case: name, ...figure });
  };
  await Promise.all(Array.from({ length: availableParallelism() }, simulateNext));
}
