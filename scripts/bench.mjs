// `npm run bench -- name --option value`: runs scripts/bench/<name>.ts (all of them without a name), prints their tables, writes bench/results.json.
import { mkdirSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { isStale, make, products } from './lib/build.mjs';
import { install, needsInstall } from './lib/install.mjs';
import { inRoot } from './lib/paths.mjs';
import { step } from './lib/progress.mjs';

/** @typedef {{bench: string, case: string, metric: string, value: number, unit: string, ratio?: number, against?: string}} Row */

const folder = inRoot('scripts/bench');
const known = existsSync(folder)
  ? readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => file.slice(0, -3))
  : [];
const options = {
  rows: { type: /** @type {const} */ ('string') },
  leads: { type: /** @type {const} */ ('string') },
  keep: { type: /** @type {const} */ ('string') },
  seconds: { type: /** @type {const} */ ('string') },
  reps: { type: /** @type {const} */ ('string') },
  days: { type: /** @type {const} */ ('string') },
  seed: { type: /** @type {const} */ ('string') },
  guard: { type: /** @type {const} */ ('string') },
};
const { positionals: wanted, values } = parseArgs({ allowPositionals: true, options });
const strangers = wanted.filter((name) => !known.includes(name));
if (strangers.length > 0) {
  console.error(`No bench named ${strangers.join(', ')}; there are: ${known.join(', ') || 'none yet'}.`);
  process.exit(2);
}

if (needsInstall()) await step('Installing packages', install);
if (isStale(products.prismaClient)) await step(products.prismaClient.says, () => make(products.prismaClient));
const { tsImport } = await import('tsx/esm/api');

const machine = `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 1024 ** 3)} GB, Node ${process.version}`;
console.log(`Machine: ${machine}; load at the start ${loadavg()[0]?.toFixed(2)}`);
/** @type {Row[]} */
const results = [];
for (const name of wanted.length > 0 ? wanted : known) {
  console.log(`\n${name}`);
  const { bench } = await tsImport(`./bench/${name}.ts`, import.meta.url);
  /** @type {Row[]} */
  const rows = [];
  await bench({
    row: (row) => {
      rows.push({ bench: name, ...row });
      console.log(`  ${row.case}: ${row.metric} ${row.value} ${row.unit}`);
    },
    option: (option) => values[option],
  });
  console.table(rows.map(({ bench: _name, ...figures }) => figures));
  results.push(...rows);
}
mkdirSync(inRoot('bench'), { recursive: true });
writeFileSync(inRoot('bench/results.json'), `${JSON.stringify(results, null, 2)}\n`);
console.log(`\n${results.length} figures in bench/results.json`);
