import { describe, expect, it } from 'vitest';
import { countReport, summary } from './test-results.ts';

const file = (status: string, ...tests: string[]) => ({ status, assertionResults: tests.map((status) => ({ status })) });

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
