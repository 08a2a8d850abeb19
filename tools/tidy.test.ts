import { describe, expect, it } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../packages/devstack/src/servers/start-temporal.ts';
import { SEARCH_ATTRIBUTES as ENGINE_ATTRIBUTES } from '../packages/workflows/src/names.ts';
import { expectNone } from './findings.ts';
import { HOUSE_RULES } from './house-rules.ts';
import { importsOf, type ProjectFile, projectFiles } from './project-files.ts';

const files = projectFiles();

describe('the house', () => {
  it.each(HOUSE_RULES.map((rule) => [rule.name, rule] as const))('%s', (name, { because, instead, broken }) => {
    expectNone(
      `breaks the rule “${name}”, because ${because}`,
      `${instead[0]!.toUpperCase()}${instead.slice(1)}.`,
      broken(files),
    );
  });

  it('the development server knows the search attributes that the engine uses', () => {
    expect([...SEARCH_ATTRIBUTES].sort()).toEqual(Object.values(ENGINE_ATTRIBUTES).sort());
  });
});

/** For each rule, something that breaks it: a rule that can't fail holds nothing. */
const offences: Record<string, readonly (readonly [string, string])[]> = {
  'no files import each other in a circle': [['packages/cli/src/a.ts', `import type { A } from './a.ts';`]],
  'no folder holds more than 20 source files beside each other': [],
  'no source file is 400 lines long': [['apps/worker/src/a.ts', 'a;\n'.repeat(400)]],
  'every package imports only what it may': [
    ['packages/core/src/a.ts', `import { readFile } from 'node:fs';`],
    ['packages/workflows/src/a.ts', `import { z } from 'zod';`],
    ['packages/workflows/src/a.ts', `import type { Store } from '@ledgerpost/store';`],
    ['packages/saasant-plugin/src/a.ts', `import {\n  a,\n  b,\n} from '@ledgerpost/qbo-plugin';`],
    ['packages/store/src/a.ts', `export * from '@ledgerpost/targets';`],
    ['packages/batching/src/a.ts', `const t = await import('@temporalio/client');`],
    ['apps/console/src/a.tsx', `import { openStore } from '@ledgerpost/store';`],
    ['apps/api/src/a.ts', `import { Worker } from '@temporalio/worker';`],
    ['apps/api/src/a.ts', `import { testDatabase } from '@ledgerpost/devstack/testing';`],
  ],
  'only core’s schemas load zod': [['packages/core/src/a.ts', `import { z } from 'zod';`]],
  'no worker loads a large library before it needs it': [
    ['packages/saasant-plugin/src/a.ts', `import ExcelJS from 'exceljs';`],
    ['packages/telemetry/src/a.ts', `import {\n  Resource,\n} from '@opentelemetry/resources';`],
    ['apps/worker/src/a.ts', `import Mail from 'nodemailer/lib/mail-composer/index.js';`],
  ],
  'nothing that ships depends on a package for tests': [
    ['apps/api/package.json', '{"name":"@ledgerpost/api","dependencies":{"@ledgerpost/devstack":"0.1.0"}}'],
  ],
  'no app imports another app, and no file reaches into another package': [
    ['apps/worker/src/a.ts', `import { buildApi } from '@ledgerpost/api';`],
    ['packages/store/src/a.ts', `import { x } from '../../core/src/money.ts';`],
  ],
  'relative imports carry the .ts ending': [['packages/core/src/a.ts', `import { x } from './money';`]],
  'time and random numbers are passed in to core': [
    ['packages/core/src/a.ts', 'const now = Date.now();'],
    ['packages/core/src/a.ts', 'const id = Math.random();'],
  ],
  'only money.ts computes with money': [
    ['packages/saasant-plugin/src/a.ts', 'const dollars = cents / 100;'],
    ['apps/api/src/a.ts', 'amount.toFixed(2)'],
  ],
  'every export has a name': [['packages/core/src/a.ts', 'export default 1;']],
  'only apps, the command line, devstack and tools read the environment': [
    ['packages/store/src/a.ts', 'process.env.DATABASE_URL'],
  ],
  'no test is focused, or skipped without a reason': [
    ['packages/core/src/a.test.ts', `it.${'only'}('x', () => {});`],
    ['packages/core/src/a.test.ts', `it.${'skip'}('x', () => {});`],
    ['packages/core/src/a.test.ts', `it.${'skipIf'}(process.platform === 'win32')('x', () => {});`],
  ],
  'everything that core and the kit export has a docstring': [],
  'no file names the machine that it was made on': [
    ['docs/a.md', `Run it in /${'work'}/somewhere.`],
    ['package-lock.json', `{"resolved": "${'https'}://registry.example/x.tgz"}`],
  ],
  'every dependency has its reason in docs/dependencies.md, and every reason has its dependency': [
    ['apps/api/package.json', '{"name":"@ledgerpost/api","dependencies":{"left-pad":"1.0.0"}}'],
    ['docs/dependencies.md', '- `left-pad`: pads'],
  ],
  'every package has the project’s version, and a README that shows where to start reading': [
    ['packages/cli/package.json', '{"name":"@ledgerpost/cli","version":"0.2.0"}'],
  ],
  'a dependency of several packages has one version': [],
};

describe('each rule of the house notices', () => {
  const cases = Object.entries(offences).flatMap(([name, list]) => list.map(([path, text]) => [name, path, text] as const));
  it.each(cases)('%s: %s', (name, path, text) => {
    const rule = HOUSE_RULES.find((one) => one.name === name)!;
    expect(rule.broken([{ path, text }])).toHaveLength(1);
  });

  it('every rule has an example above', () => {
    expect(Object.keys(offences).sort()).toEqual(HOUSE_RULES.map((rule) => rule.name).sort());
  });

  const ruleNamed = (name: string) => HOUSE_RULES.find((one) => one.name.startsWith(name))!;

  it('a circle of imports: through three files, through types alone, and through a package’s own name', () => {
    const rule = ruleNamed('no files import each other');
    const three = [
      { path: 'packages/cli/src/a.ts', text: `import { b } from './deep/b.ts';` },
      { path: 'packages/cli/src/deep/b.ts', text: `import type { C } from '../c.ts';` },
      { path: 'packages/cli/src/c.ts', text: `export const c = (a: import('./a.ts').A) => a;` },
    ];
    expect(rule.broken(three)).toEqual(['packages/cli/src/a.ts ↔ packages/cli/src/c.ts ↔ packages/cli/src/deep/b.ts']);
    expect(rule.broken(three.slice(0, 2))).toEqual([]);
    const byName = [
      { path: 'packages/cli/package.json', text: '{"name":"@ledgerpost/cli","exports":{"./run":"./src/run.ts"}}' },
      { path: 'packages/cli/src/run.ts', text: `import { a } from './a.ts';` },
      { path: 'packages/cli/src/a.ts', text: `import { run } from '@ledgerpost/cli/run';` },
    ];
    expect(rule.broken(byName)).toHaveLength(1);
  });

  it('a folder with one file too many, tests not counted', () => {
    const rule = ruleNamed('no folder holds more');
    const folder = Array.from({ length: 21 }, (_, n) => ({ path: `packages/cli/src/file-${n}.ts`, text: '' }));
    const tests = folder.map(({ path }) => ({ path: path.replace('.ts', '.test.ts'), text: '' }));
    expect(rule.broken([...folder, ...tests])).toEqual(['packages/cli/src holds 21 files']);
    expect(rule.broken([...folder.slice(1), ...tests])).toEqual([]);
  });

  it.each([
    ['packages/core/src/contract.ts', '/** A. */\nexport interface A {\n  readonly b: string;\n}', 'A.b'],
    ['packages/core/src/contract.ts', '/** A. */\nexport class A {\n  /** B. */\n  b(): void {}\n  c(): void {}\n}', 'A.c'],
    ['packages/core/src/values/money.ts', '/** A. */\nexport const A = 1;\nexport const B = 2;', 'B'],
    ['packages/core/src/values/money.ts', '/** B’s only. */\nconst b = 2;\nexport function a() {}', 'a'],
  ])('what has no docstring: %s, %j', (path, text, name) => {
    const rule = HOUSE_RULES.find((r) => r.name.startsWith('everything that core and the kit export'))!;
    const index = {
      path: 'packages/core/src/index.ts',
      text: `export * from './contract.ts';\nexport * from './values/money.ts';`,
    };
    expect(rule.broken([index, { path, text }])).toEqual([expect.stringContaining(`: ${name} has no`)]);
    expect(rule.broken([{ path, text }])).toEqual([]);
  });

  it('a package with a version of its own, or one that wants another version of ours', () => {
    const rule = ruleNamed('every package has the project’s version');
    const house = (own: object): ProjectFile[] => [
      { path: 'package.json', text: '{"version":"0.2.0"}' },
      { path: 'packages/cli/README.md', text: '# A\n\n## Where to start reading\n' },
      { path: 'packages/cli/package.json', text: JSON.stringify({ name: '@ledgerpost/cli', version: '0.2.0', ...own }) },
    ];
    expect(rule.broken(house({}))).toEqual([]);
    expect(rule.broken(house({ version: '0.1.0' }))).toEqual(['packages/cli has version 0.1.0, not 0.2.0']);
    expect(rule.broken(house({ devDependencies: { '@ledgerpost/core': '0.1.0', zod: '4.6.7' } }))).toHaveLength(1);
  });

  it('two versions of one dependency', () => {
    const one = (folder: string, version: string): ProjectFile => ({
      path: `packages/${folder}/package.json`,
      text: JSON.stringify({ name: folder, dependencies: { zod: version } }),
    });
    const rule = HOUSE_RULES.find((r) => r.name === 'a dependency of several packages has one version')!;
    expect(rule.broken([one('a', '1.0.0'), one('b', '2.0.0')])).toHaveLength(1);
    expect(rule.broken([one('a', '1.0.0'), one('b', '1.0.0')])).toEqual([]);
  });

  it('a reason given for leaving a test out is enough', () => {
    const rule = HOUSE_RULES.find((r) => r.name.startsWith('no test is focused'))!;
    const text = `it.${'skipIf'}(!office)('opens in LibreOffice (it is not installed here)', () => {});`;
    expect(rule.broken([{ path: 'packages/core/src/a.test.ts', text }])).toEqual([]);
  });
});

describe('reading imports', () => {
  it('sees every form, over several lines, and none in comments', () => {
    const text = [
      `import a from 'a';`,
      `import type { B } from 'b';`,
      `import {\n  type C,\n  c,\n} from 'c';`,
      `export * from './d.ts';`,
      `export { e } from 'e';`,
      `import 'f';`,
      `const g = await import('g');`,
      `// import h from 'h';`,
      `/* import i from 'i'; */`,
      `export const j = 'from k';`,
    ].join('\n');
    expect(importsOf({ path: 'x.ts', text }).map(({ from }) => from)).toEqual(['a', 'b', 'c', './d.ts', 'e', 'f', 'g']);
  });
});
