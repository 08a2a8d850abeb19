import { describe, expect, it } from 'vitest';
import { biomeFindings, boundaryFindings, expectNone, lineOf, testFindings, typeFindings } from './findings.ts';

function failureOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return String(error);
  }
  throw new Error('nothing failed');
}

describe('a finding is one line with what to do', () => {
  it('of biome', () => {
    const location = { path: 'packages/cli/src/a.ts', start: { line: 3 } };
    const report = {
      diagnostics: [
        { message: 'Formatter would have printed …', category: 'format', location },
        {
          message: 'This let is only assigned once.',
          category: 'lint/style/useConst',
          location,
          advices: [{ text: 'Safe fix: Use const instead.' }],
        },
      ],
    };
    expect(biomeFindings(`${JSON.stringify(report)}\ncheck ━━━`).map(lineOf)).toEqual([
      'packages/cli/src/a.ts: is not formatted. Run npm run format.',
      'packages/cli/src/a.ts:3: This let is only assigned once. Use const instead. npm run format may do it.',
    ]);
  });

  it('of tsc', () => {
    const output = [
      "tools/a.ts(1,6): error TS2322: Type 'number' is not assignable to type 'string'.",
      "packages/cli/src/zz.ts(7,25): error TS6133: 'unused' is declared but its value is never read.",
      '  and a second line of it',
    ].join('\n');
    expect(typeFindings(output).map(lineOf)).toEqual([
      "tools/a.ts:1: Type 'number' is not assignable to type 'string' (TS2322). Pass a value of that type, or correct the type.",
      "packages/cli/src/zz.ts:7: 'unused' is declared but its value is never read (TS6133). Remove it.",
    ]);
  });

  it('of turbo’s boundaries', () => {
    const output = [
      '  x cannot import package `@ledgerpost/store` because it is not a dependency',
      '   ,-[/here/packages/telemetry/src/zz.ts:1:19]',
      " 1 | import { x } from '@ledgerpost/store';",
    ].join('\n');
    expect(boundaryFindings(output, '/here').map(lineOf)).toEqual([
      'packages/telemetry/src/zz.ts:1: cannot import package `@ledgerpost/store` because it is not a dependency. Add it to the dependencies in package.json, if the package may have it.',
    ]);
  });

  it('of a test that failed, and of a file that could not run', () => {
    const report = {
      testResults: [
        {
          name: '/here/tools/tidy.test.ts',
          assertionResults: [
            { fullName: 'the house every export has a name', status: 'failed', failureMessages: ['AssertionError: no\n at x'] },
            { fullName: 'another', status: 'passed' },
            {
              fullName: 'a rule',
              status: 'failed',
              failureMessages: [`${failureOf(() => expectNone('too long', 'Split it.', ['a.ts', 'b.ts']))}\n    at x`],
            },
          ],
        },
        { name: '/here/tools/b.test.ts', message: 'SyntaxError: x\n at y', assertionResults: [] },
      ],
    };
    expect(testFindings(report, '/here').map(lineOf)).toEqual([
      'tools/tidy.test.ts: “the house every export has a name” failed: no. Run npx vitest run --root tools tidy.test.ts to see the whole message.',
      'a.ts: too long. Split it.',
      'b.ts: too long. Split it.',
      'tools/b.test.ts: SyntaxError: x. Correct the file, so that its tests can run.',
    ]);
  });
});
