import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // One process serves several files: what they import is read once.
    isolate: false,
    testTimeout: 30_000,
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
  },
});
