import { defineConfig } from 'vitest/config';

interface More {
  include?: string[];
  exclude?: string[];
  testTimeout?: number;
  fileParallelism?: boolean;
  globalSetup?: string[];
  sequence?: { groupOrder: number };
}

/** One PostgreSQL for all projects of the run; see tests/support/database.ts. */
const withPostgres = { globalSetup: ['tests/support/postgres.ts'] };

/** They listen, or count seconds: a neighbour on the same core would make them lie. */
const heard = ['headset', 'headset-quality', 'self-dialing', 'sip-console', 'supervision', 'twilio-console', 'twilio-headset'].map(
  (name) => `tests/e2e/${name}.test.ts`,
);

const project = (name: string, more: More = {}) => ({
  test: {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    environment: 'node' as const,
    pool: 'forks' as const,
    hookTimeout: 60_000,
    testTimeout: 10_000,
    ...more,
  },
});

export default defineConfig({
  test: {
    // Calls, browsers and processes are mostly waited for: with a third file the two cores of CI have something to do meanwhile.
    maxWorkers: 3,
    projects: [
      project('unit'),
      project('property', { ...withPostgres, testTimeout: 120_000 }),
      project('integration', { ...withPostgres, testTimeout: 30_000 }),
      project('conformance', { ...withPostgres, testTimeout: 60_000 }),
      project('e2e', { ...withPostgres, testTimeout: 180_000, exclude: heard, sequence: { groupOrder: 1 } }),
      project('faults', { ...withPostgres, testTimeout: 120_000, sequence: { groupOrder: 1 } }),
      project('e2e-heard', { ...withPostgres, testTimeout: 180_000, include: heard, fileParallelism: false, sequence: { groupOrder: 2 } }),
    ],
  },
});
