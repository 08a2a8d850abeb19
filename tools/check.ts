/** `npm run check`: format and lint, types, boundaries, house rules. Prints one line per finding, with what to do. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { biomeFindings, boundaryFindings, type Finding, lineOf, testFindings, typeFindings } from './findings.ts';
import { readTool, root, turboEnv } from './turbo.ts';

export interface CheckResult {
  readonly what: string;
  readonly findings: readonly Finding[];
}

/** Everything that can be checked without running the product. The house rules are tests, so `npm test` runs them by itself. */
export async function runChecks(env: NodeJS.ProcessEnv = process.env): Promise<readonly CheckResult[]> {
  // One program for all packages: apart, each would check the code of all those below it again. So do its threads, of which there are four
  // by default: two of them, that collect garbage more rarely, take two thirds of the processor time.
  const types = (what: string, project: string) =>
    check(
      what,
      'tsc',
      ['--noEmit', '--pretty', 'false', '--checkers', '2', '-p', project],
      { ...env, GOGC: '400' },
      typeFindings,
    );
  return [
    await check('format and lint', 'biome', ['check', '.', '--reporter=json', '--max-diagnostics=200'], env, biomeFindings),
    await types('types', 'tsconfig.json'),
    await types('types of what runs in a browser or drives one', 'tsconfig.browser.json'),
    await check('boundaries between packages', 'turbo', ['boundaries'], turboEnv(env), (output) =>
      boundaryFindings(output, root),
    ),
  ];
}

/** The tests in tools: house rules, plain English, stale pages, links. */
async function runHouseRules(): Promise<CheckResult> {
  const report = join(root, 'tools/.vitest/results.json');
  rmSync(report, { force: true });
  const read = () => testFindings(JSON.parse(readFileSync(report, 'utf8')), root);
  return check('house rules', 'vitest', ['run', '--root', 'tools', '--reporter=json'], process.env, read);
}

/** Runs one tool. A tool that fails and says nothing that we understand is shown as it is. */
async function check(
  what: string,
  tool: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  read: (output: string) => readonly Finding[],
): Promise<CheckResult> {
  const { code, output } = await readTool(tool, args, env);
  const findings = code === 0 ? [] : understood(output, read);
  if (code !== 0 && findings.length === 0) {
    console.log(output);
    return { what, findings: [{ where: tool, what: `ended with exit code ${code}`, fix: 'Read its output above.' }] };
  }
  for (const finding of findings) console.log(`  ${lineOf(finding)}`);
  return { what, findings };
}

function understood(output: string, read: (output: string) => readonly Finding[]): readonly Finding[] {
  try {
    return read(output);
  } catch {
    return [];
  }
}

if (import.meta.main) {
  const results = [...(await runChecks()), await runHouseRules()];
  const failed = results.filter(({ findings }) => findings.length > 0);
  const summary = failed.map(({ what, findings }) => `${findings.length} in ${what}`).join(', ');
  console.log(failed.length === 0 ? '\nEverything is in order.' : `\nTo fix: ${summary}.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
