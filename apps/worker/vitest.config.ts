import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['../../packages/devstack/src/vitest-setup.ts', '../../packages/devstack/src/vitest-temporal.ts'],
    // One process serves several files: what they import is read once.
    isolate: false,
    pool: 'forks',
    testTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
  },
});
