import { defineConfig } from 'vitest/config';

/** They kill processes or stop them halfway and wait until others notice: `npm test` runs them when only the drill is left. */
const ALONE = ['kill', 'apart'].map((name) => `src/${name}.e2e.test.ts`);

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 240_000,
    hookTimeout: 120_000,
    reporters: ['default', ['json', { outputFile: '.vitest/results.json' }]],
    // Each file starts processes of its own and then waits for them and for browsers. Other packages run beside them.
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'beside', exclude: [...ALONE, '**/node_modules/**'], sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'alone', include: ALONE, fileParallelism: false, sequence: { groupOrder: 1 } } },
    ],
  },
});
