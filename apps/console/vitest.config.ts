import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    setupFiles: ['src/testing/setup.ts'],
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
  },
});
