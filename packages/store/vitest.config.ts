import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['../devstack/src/vitest-setup.ts'],
    // One process serves several files: what they import is read once.
    isolate: false,
    pool: 'forks',
    testTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
  },
});
