import { defineConfig } from 'vitest/config';

/** They measure the memory of their process, or leave Temporal's client behind with a call that it still repeats. */
const APART = [
  'intake/ndjson-lines.test',
  'routes/batches/batch-report.integration.test',
  'temporal/*.test',
  'routes/schedules/*.test',
].map((name) => `src/${name}.ts`);

export default defineConfig({
  test: {
    globalSetup: ['../../packages/devstack/src/vitest-setup.ts', '../../packages/devstack/src/vitest-temporal.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
    projects: [
      // One process serves several files: what they import is read once.
      { extends: true, test: { name: 'together', isolate: false, exclude: [...APART, '**/node_modules/**'] } },
      { extends: true, test: { name: 'apart', include: APART } },
    ],
  },
});
