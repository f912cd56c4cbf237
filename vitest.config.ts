import { defineConfig } from 'vitest/config';
import { patience } from './tests/support/patience.ts';

/** After it whatever runs is taken for hung; each wait inside has a limit of its own, which says more. Speed is measured by `npm run bench`. */
const ever = 300_000;

interface More {
  include?: string[];
  exclude?: string[];
  maxWorkers?: number;
  globalSetup?: string[];
  sequence?: { groupOrder: number };
}

/** One PostgreSQL for all projects of the run; see tests/support/database.ts. */
const withPostgres = { globalSetup: ['tests/support/postgres.ts'] };

/** They listen, or count seconds: more than one neighbour, who mostly waits as well, would make them lie. */
const heard = [
  ...['headset', 'headset-quality', 'self-dialing', 'sip-console', 'supervision', 'twilio-console', 'twilio-headset'].map(
    (name) => `tests/e2e/${name}.test.ts`,
  ),
  'tests/conformance/sip.test.ts',
];

const project = (name: string, more: More = {}) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    environment: 'node' as const,
    // Files share nothing but code: loading it anew for each takes longer than many of them run.
    isolate: false,
    pool: 'forks' as const,
    hookTimeout: ever,
    testTimeout: ever,
    // What is polled for without a limit of its own.
    expect: { poll: patience },
    ...more,
  },
});

export default defineConfig({
  test: {
    // Calls, browsers and processes are mostly waited for: with a third file the two cores of CI have something to do meanwhile.
    maxWorkers: 3,
    projects: [
      project('unit'),
      project('property', withPostgres),
      project('integration', withPostgres),
      project('conformance', { ...withPostgres, exclude: heard }),
      project('e2e', { ...withPostgres, exclude: heard }),
      project('faults', withPostgres),
      project('heard', { ...withPostgres, include: heard, maxWorkers: 2, sequence: { groupOrder: 1 } }),
    ],
  },
});
