import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { countReport, failed, longest, summary } from './test-results.ts';
import { root } from './turbo.ts';

const file = (status: string, ...tests: string[]) => ({
  status,
  name: '/elsewhere/some.test.ts',
  assertionResults: tests.map((status) => ({ status, title: `one that ${status}` })),
});

describe('counting tests', () => {
  it('counts passed, failed and skipped ones apart', () => {
    const report = {
      success: false,
      testResults: [file('failed', 'passed', 'failed', 'skipped'), file('passed', 'passed', 'todo')],
    };
    expect(countReport(report)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('a file that fails before its first test is a failure', () => {
    expect(countReport({ success: false, testResults: [file('failed'), file('passed', 'passed')] })).toMatchObject({ failed: 1 });
  });

  it('a file whose tests all pass and whose clean-up fails is a failure', () => {
    expect(countReport({ success: false, testResults: [file('failed', 'passed')] })).toMatchObject({ passed: 1, failed: 1 });
  });

  it('a run that fails beside its tests is a failure', () => {
    expect(countReport({ success: false, testResults: [file('passed', 'passed')] })).toMatchObject({ passed: 1, failed: 1 });
  });

  it('shows how many were skipped, if any were', () => {
    expect(summary({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(summary({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});

describe('the longest tests', () => {
  it('are listed over all packages, longest first, with the file that they are in', () => {
    const report = (name: string, ...tests: [title: string, duration?: number][]) => ({
      success: true,
      testResults: [
        {
          status: 'passed',
          name: join(root, name),
          assertionResults: tests.map(([title, duration]) => ({
            status: 'passed',
            title,
            ...(duration === undefined ? {} : { duration }),
          })),
        },
      ],
    });
    const reports = [report('a.test.ts', ['short', 20], ['skipped']), undefined, report('b/c.test.ts', ['long', 12_340])];
    expect(longest(reports, 2)).toEqual(['  12.3 s  b/c.test.ts: long', '   0.0 s  a.test.ts: short']);
  });
});

describe('the tests that failed', () => {
  it('are listed with their file and the first line of the reason, and so is a file that ends before its tests', () => {
    const report = {
      success: false,
      testResults: [
        {
          status: 'failed',
          name: join(root, 'a.test.ts'),
          assertionResults: [
            { status: 'passed', title: 'adds' },
            { status: 'failed', title: 'takes away', failureMessages: ['Error: 1 is left\n    at a.test.ts:3'] },
          ],
        },
        { status: 'failed', name: join(root, 'b.test.ts'), message: 'no such module\nat b.test.ts', assertionResults: [] },
      ],
    };
    expect(failed([report, undefined])).toEqual(['a.test.ts: takes away: Error: 1 is left', 'b.test.ts: no such module']);
  });
});
