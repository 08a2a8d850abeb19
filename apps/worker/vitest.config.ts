import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['../../packages/devstack/src/vitest-setup.ts', '../../packages/devstack/src/vitest-temporal.ts'],
    // One process serves several files: what they import is read once.
    isolate: false,
    pool: 'forks',
    // Batches mostly wait for Temporal: with one file at a time these tests took longer than all others.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
  },
});
