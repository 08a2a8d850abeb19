import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Some of these read the whole project, which a busy machine takes its time for.
  test: {
    pool: 'forks',
    isolate: false,
    testTimeout: 60_000,
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
  },
});
