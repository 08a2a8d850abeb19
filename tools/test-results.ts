import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './turbo.ts';

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The part of vitest's JSON report that is read. */
interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly status: string;
    /** The test's file. */
    readonly name: string;
    /** Milliseconds; absent for a test that did not run. */
    readonly assertionResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly duration?: number;
      readonly failureMessages?: readonly string[];
    }[];
    /** Why the file failed before its first test, or after its last one. */
    readonly message?: string;
  }[];
}

/** Where the tests of a package leave their reports, for each that may have tests. */
export function reportFiles(): readonly string[] {
  const packages = ['apps', 'packages'].flatMap((group) => readdirSync(join(root, group)).map((name) => join(root, group, name)));
  return [...packages, join(root, 'tools')].flatMap((folder) =>
    ['results', 'alone'].map((report) => join(folder, `.vitest/${report}.json`)),
  );
}

/** Yesterday's reports must not count as today's. */
export function removeReports(): void {
  for (const file of reportFiles()) rmSync(file, { force: true });
}

export function countAll(): TestCount {
  return reportFiles()
    .map((file) => countReport(read(file)))
    .reduce((a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped }));
}

/** A file that fails before its first test, or a run that fails beside its tests, counts as one failed. */
export function countReport(report: Report | undefined): TestCount {
  if (report === undefined) return { passed: 0, failed: 0, skipped: 0 };
  const of = (...states: string[]) =>
    report.testResults.flatMap((file) => file.assertionResults).filter(({ status }) => states.includes(status)).length;
  const stillborn = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;
  const failed = of('failed') + stillborn;
  return {
    passed: of('passed'),
    failed: failed === 0 && !report.success ? 1 : failed,
    skipped: of('skipped', 'pending', 'todo', 'disabled'),
  };
}

/** The tests that took longest, longest first: `12.3 s  path/to/file.test.ts: what it holds`. */
export function longest(reports: readonly (Report | undefined)[], count = 10): readonly string[] {
  return reports
    .flatMap((report) => report?.testResults ?? [])
    .flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ title, duration = 0 }) => ({ ms: duration, line: `${relative(root, name)}: ${title}` })),
    )
    .sort((a, b) => b.ms - a.ms)
    .slice(0, count)
    .map(({ ms, line }) => `${(ms / 1_000).toFixed(1).padStart(6)} s  ${line}`);
}

export function longestOfAll(): readonly string[] {
  return longest(reportFiles().map(read));
}

/** The tests that failed, each with the first line of its reason: `path/to/file.test.ts: what it holds: why it does not`. */
export function failed(reports: readonly (Report | undefined)[]): readonly string[] {
  return reports
    .flatMap((report) => report?.testResults ?? [])
    .flatMap(({ name, status, message = '', assertionResults }) => {
      const file = relative(root, name);
      const tests = assertionResults
        .filter((test) => test.status === 'failed')
        .map(({ title, failureMessages = [] }) => `${file}: ${title}: ${firstLine(failureMessages[0] ?? '')}`);
      return tests.length > 0 || status !== 'failed' ? tests : [`${file}: ${firstLine(message)}`];
    });
}

export function allThatFailed(): readonly string[] {
  return failed(reportFiles().map(read));
}

function firstLine(text: string): string {
  return text.split('\n')[0]!.slice(0, 300);
}

/** `12 passed, 0 failed`, with the skipped ones told where there are any. */
export function summary({ passed, failed, skipped }: TestCount): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function read(file: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
