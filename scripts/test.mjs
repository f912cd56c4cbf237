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

/** @typedef {[heading: string, script: string, args: string[]]} Check */

/** @type {Check[]} */
const TEXT_CHECKS = [['Format', 'node_modules/oxfmt/bin/oxfmt', ['--list-different', '.']]];

/** They look at what the console's build makes: its routes' types and its messages. @type {Check[]} */
const WHOLE_CHECKS = [
  // .oxlintrc.json asks it for the compiler's own judgement too.
  ['Types and lint', 'node_modules/oxlint/bin/oxlint', ['.']],
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
  ['Lint of components and of core', 'node_modules/eslint/bin/eslint.js', ['--max-warnings=0', '.']],
];

const TESTS = ['unit', 'property', 'integration', 'conformance', 'e2e', 'faults', 'heard'].map((name) => `--project=${name}`);

const total = { passed: 0, failed: 0, skipped: 0 };
const reasons = [];
/** What each failed check said: said again at the end, for the tests print thousands of lines after it. */
const failures = [];

async function main() {
  const startedMs = performance.now();
  const [missing] = await Promise.all([installTools(), needsInstall() ? step('Installing packages', install) : undefined]);
  reasons.push(...missing);
  await check('Database client', () => build(products.prismaClient));
  const built = Promise.all([check('Server bundle', () => build(products.server)), check('Console build', () => build(products.console))]);
  // Tests wait for telephones and browsers; the checks only calculate, mostly in what time the tests leave them.
  await Promise.all([built.then(tests), keep(TEXT_CHECKS), built.then(() => keep(WHOLE_CHECKS))]);
  console.log(`\nAll of it took ${seconds(startedMs)}.`);
  for (const reason of reasons) console.log(`Skipped: ${reason}`);
  for (const failure of failures) console.log(`Failed: ${failure}`);
  console.log(summaryLine(total));
  process.exitCode = total.failed > 0 ? 1 : 0;
}

/** @param {import('./lib/build.mjs').Product} product */
async function build(product) {
  if (isStale(product)) await make(product);
}

/** One after the other; eslint.config.js says what its variable means. @param {Check[]} checks */
async function keep(checks) {
  for (const [heading, script, args] of checks) {
    await check(heading, async () => {
      const { code, output } = await run(process.execPath, [script, ...args], { env: { LINT_COMPONENTS: 'without-types' }, patient: true });
      if (code !== 0) throw new Error(output.trim() || `exit code ${code}`);
      if (output.trim() !== '') console.log(`\n${heading}:\n${output.trimEnd()}`);
    });
  }
}

/**
 * Checks overlap: each speaks once, when it is done.
 * @param {string} heading
 * @param {() => Promise<void>} pass rejects with what is wrong
 */
async function check(heading, pass) {
  const startedMs = performance.now();
  try {
    await pass();
    total.passed += 1;
    console.log(`✓ ${heading} (${seconds(startedMs)})`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    failures.push(`${heading}\n${why}`);
    total.failed += 1;
    console.log(`✗ ${heading} (${seconds(startedMs)})\n${why}`);
  }
}

async function tests() {
  const startedMs = performance.now();
  console.log('\n── Tests');
  const folder = mkdtempSync(path.join(tmpdir(), 'zagon-test-'));
  const report = path.join(folder, 'report.json');
  try {
    const args = ['run', ...TESTS, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
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
