import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** They kill processes or stop them halfway and wait until others notice: `npm test` runs them by themselves, one after the other. */
const ALONE = ['kill', 'apart'].map((name) => `src/${name}.e2e.test.ts`);

/** Those that take longest; the first of them waits for most of its time. Vitest itself begins with the largest files. */
const FIRST = [
  'quickbooks-limits',
  'console',
  'console-decisions',
  'fuzz',
  'console-reach',
  'report',
  'drift',
  'seeds',
  'schedule',
];

/** A reporter's own option counts before the command line's, and the second run must not write over the first one's report. */
const REPORT = process.argv.includes('alone') ? 'alone' : 'results';

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification) => {
      if (project.name === 'alone') return FIRST.length;
      const at = FIRST.findIndex((name) => moduleId.endsWith(`/${name}.e2e.test.ts`));
      return at < 0 ? FIRST.length : at;
    };
    return [...(await super.sort(files))].sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    // One process serves several files: what they import is read once, and they share a browser.
    isolate: false,
    pool: 'forks',
    testTimeout: 240_000,
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 120_000,
    reporters: ['default', ['json', { outputFile: `.vitest/${REPORT}.json` }]],
    sequence: { sequencer: LongestFirst },
    // Each file starts processes of its own and then waits for them and for browsers. Other packages run beside them.
    maxWorkers: 3,
    projects: [
      { extends: true, test: { name: 'beside', exclude: [...ALONE, '**/node_modules/**'], sequence: { groupOrder: 0 } } },
      {
        extends: true,
        test: { name: 'alone', include: ALONE, isolate: true, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
