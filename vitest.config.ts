import { defineConfig } from 'vitest/config';

interface More {
  testTimeout?: number;
  fileParallelism?: boolean;
  globalSetup?: string[];
}

/** One PostgreSQL for all projects of the run; see tests/support/database.ts. */
const withPostgres = { globalSetup: ['tests/support/postgres.ts'] };

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
    maxWorkers: 2,
    projects: [
      project('unit'),
      project('property', { ...withPostgres, testTimeout: 120_000 }),
      project('integration', { ...withPostgres, testTimeout: 30_000 }),
      project('conformance', { ...withPostgres, testTimeout: 60_000 }),
      // Faults and browsers measure time: a neighbour on the same core would make them lie.
      project('faults', { ...withPostgres, testTimeout: 120_000, fileParallelism: false }),
      project('e2e', { ...withPostgres, testTimeout: 180_000, fileParallelism: false }),
    ],
  },
});
