/** `npm test`: every check and every test, on one Postgres and one Temporal that are removed at the end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleApart } from '../apps/worker/src/bundle-workflows.ts';
import { startPostgres } from '../packages/devstack/src/servers/start-postgres.ts';
import { startTemporal } from '../packages/devstack/src/servers/start-temporal.ts';
import { runChecks } from './check.ts';
import { countAll, longestOfAll, removeReports, summary } from './test-results.ts';
import { runTool, runTurbo } from './turbo.ts';

const testsFailed = 'tests, see above';
const stops: (() => Promise<void>)[] = [];
let asked = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => (asked = true));

let broken: string[] = [];
try {
  broken = await testAll();
} catch (error) {
  console.error(error);
  broken = ['the tests could not run to their end'];
}
for (const stop of stops.reverse()) await stop().catch((error) => console.error(error));

const count = countAll();
console.log(`\nThe longest tests:\n${longestOfAll().join('\n')}\n`);
for (const what of broken) console.log(`Failed: ${what}`);
// A failure without a test of its own counts as one, so that the line below never looks better than it is.
const failed = count.failed === 0 ? broken.length : count.failed + broken.filter((what) => what !== testsFailed).length;
console.log(summary({ ...count, failed }));
process.exit(failed === 0 ? 0 : 1);

async function testAll(): Promise<string[]> {
  removeReports();
  const env = await environment();
  const failures: string[] = [];
  for (const { what, findings } of await runChecks(env)) if (findings.length > 0) failures.push(what);
  if (asked) return ['interrupted'];
  const tidy = await runTool('vitest', ['run', '--root', 'tools'], env);
  const reports = ['--passWithNoTests', '--reporter=default', '--reporter=json', '--outputFile.json=.vitest/results.json'];
  const run = (...which: string[]) => (asked ? 1 : runTurbo(['run', 'test', ...which, '--continue', '--', ...reports], env));
  // A package's tests mostly wait: for Temporal, for Postgres, for a process to start. Two packages keep two cores busy.
  const atOnce = Math.max(2, availableParallelism());
  const tests = await run('--filter=!@ledgerpost/e2e', '--filter=!@ledgerpost/drill', `--concurrency=${atOnce}`);
  // These kill processes and measure the others: they need the machine for themselves.
  const endToEnd = await run('--filter=@ledgerpost/e2e', '--filter=@ledgerpost/drill', '--concurrency=1');
  if (asked) return ['interrupted'];
  return tidy + tests + endToEnd === 0 ? failures : [...failures, testsFailed];
}

/** The environment of the tests: shared servers, workflow code that is bundled once, and no settings of a Ledgerpost that people use. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(DATABASE_URL|PORT|PUBLIC_URL|TEMPORAL_.*)$/.test(name)),
  );
  if (!env.LEDGERPOST_TEST_DATABASE_URL) {
    console.log('Starting Postgres for the tests …');
    const postgres = await startPostgres();
    stops.push(() => postgres.stop());
    env.LEDGERPOST_TEST_DATABASE_URL = postgres.url;
  }
  if (!env.LEDGERPOST_TEST_TEMPORAL_ADDRESS) {
    console.log('Starting Temporal for the tests …');
    const temporal = await startTemporal({ print: (line) => console.log(line) });
    stops.push(() => temporal.stop());
    env.LEDGERPOST_TEST_TEMPORAL_ADDRESS = temporal.address;
  }
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-workflows-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  env.LEDGERPOST_WORKFLOW_BUNDLE = join(folder, 'workflows.js');
  await writeFile(env.LEDGERPOST_WORKFLOW_BUNDLE, (await bundleApart()).code);
  return env;
}
