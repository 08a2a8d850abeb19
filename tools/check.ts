/** `npm run check`: format and lint, types, boundaries, house rules. Says at the end what to mend. */
import { runTool, runTurbo } from './turbo.ts';

export interface CheckResult {
  readonly what: string;
  readonly ok: boolean;
}

/** Everything that can be checked without running the product. The house rules are tests, so `npm test` runs them by itself. */
export async function runChecks(env: NodeJS.ProcessEnv = process.env): Promise<readonly CheckResult[]> {
  return [
    { what: 'format and lint (npm run format mends most of it)', ok: (await runTool('biome', ['check', '.'], env)) === 0 },
    {
      what: 'types of the packages',
      ok: (await runTurbo(['run', 'check', '--continue', '--output-logs=errors-only'], env)) === 0,
    },
    { what: 'types of the tools', ok: (await runTool('tsc', ['--noEmit', '-p', 'tools'], env)) === 0 },
    { what: 'boundaries between packages', ok: (await runTurbo(['boundaries'], env)) === 0 },
  ];
}

if (import.meta.main) {
  const results = [
    ...(await runChecks()),
    { what: 'house rules', ok: (await runTool('vitest', ['run', '--root', 'tools'])) === 0 },
  ];
  const failed = results.filter(({ ok }) => !ok);
  console.log(failed.length === 0 ? '\nAll is in order.' : `\nTo be mended: ${failed.map(({ what }) => what).join('; ')}.`);
  process.exitCode = failed.length === 0 ? 0 : 1;
}
