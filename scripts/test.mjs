// `npm test`: every check that keeps the house in order, then every test. Ends with the line `N passed, N failed`.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isStale, make, products } from './lib/build.mjs';
import { install, needsInstall } from './lib/install.mjs';
import { run } from './lib/run.mjs';
import { step, seconds } from './lib/progress.mjs';
import { installTools } from './lib/system-packages.mjs';
import { countTests, summaryLine } from './lib/test-report.mjs';

/** @type {[string, string, string[]][]} heading, node script, arguments */
const CHECKS = [
  ['Format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level=warn', '.']],
  ['Lint', 'node_modules/eslint/bin/eslint.js', ['--max-warnings=0', '--concurrency=2', '.']],
  ['Types', 'node_modules/typescript/bin/tsc', ['-p', 'tsconfig.json', '--noEmit']],
  [
    'Types of the console',
    'node_modules/svelte-check/bin/svelte-check',
    ['--tsconfig', 'web/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ],
  [
    'Boundaries',
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    ['--config', '.dependency-cruiser.cjs', 'server', 'web/src', 'scripts', 'tests'],
  ],
  ['Unused code', 'node_modules/knip/bin/knip.js', []],
  ['Schema drift', 'scripts/check-schema-drift.mjs', []],
];

const total = { passed: 0, failed: 0, skipped: 0 };
const reasons = [];

async function main() {
  const startedMs = performance.now();
  if (needsInstall()) await step('Installing packages', install);
  reasons.push(...(await installTools()));
  await check('Database client', () => build(products.prismaClient));
  await check('Server bundle', () => build(products.server));
  await check('Console build', () => build(products.console));
  for (const [heading, script, args] of CHECKS)
    await check(heading, async () => (await run(process.execPath, [script, ...args], { live: true })).code === 0);
  await tests();
  console.log(`\nAll of it took ${seconds(startedMs)}.`);
  for (const reason of reasons) console.log(`Skipped: ${reason}`);
  console.log(summaryLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** @param {import('./lib/build.mjs').Product} product */
async function build(product) {
  if (isStale(product)) await make(product);
  return true;
}

/**
 * @param {string} heading
 * @param {() => Promise<boolean>} passes
 */
async function check(heading, passes) {
  const startedMs = performance.now();
  console.log(`\n── ${heading}`);
  let good = false;
  try {
    good = await passes();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
  total[good ? 'passed' : 'failed'] += 1;
  console.log(`${good ? '✓' : '✗'} ${heading} (${seconds(startedMs)})`);
}

async function tests() {
  const startedMs = performance.now();
  console.log('\n── Tests');
  const folder = mkdtempSync(path.join(tmpdir(), 'zagon-test-'));
  const report = path.join(folder, 'report.json');
  try {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const { code } = await run(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], { live: true });
    const counts = countTests(JSON.parse(readFileSync(report, 'utf8')), code);
    for (const key of ['passed', 'failed', 'skipped']) total[key] += counts[key];
    if (counts.skipped > 0 && reasons.length === 0)
      reasons.push(`${counts.skipped} tests were skipped without a missing part; see the list above`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(`Tests took ${seconds(startedMs)}`);
}

try {
  await main();
} catch (error) {
  // Also a check that could not even run is a failure that the last line must tell.
  console.error(error);
  console.log(summaryLine({ ...total, failed: total.failed + 1 }));
  process.exitCode = 1;
}
