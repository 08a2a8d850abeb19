/** `npm test`: every check and every test, on one Postgres and one Temporal that are removed at the end. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleApart } from '../apps/worker/src/bundle-workflows.ts';
import { startPostgres } from '../packages/devstack/src/servers/start-postgres.ts';
import { startTemporal } from '../packages/devstack/src/servers/start-temporal.ts';
import { buildApps } from '../packages/devstack/src/stack/build-apps.ts';
import { runChecks } from './check.ts';
import { inLanes } from './lanes.ts';
import { allThatFailed, countAll, longestOfAll, removeReports, summary } from './test-results.ts';
import { runTool, runTurbo } from './turbo.ts';
import { untilThere } from './until-there.ts';

/** Packages whose tests mostly wait: for Temporal, for a process to start, for a browser. The longest first, so that none is left over. */
const LONG = ['e2e', 'worker', 'api', 'devstack'];
/** Packages whose tests keep a processor busy, and one that also waits for Maven and PyPI. The many small ones are one turn together. */
const SHORTER = ['store', 'qbo-simulator', 'intake', 'console'];
/** The priority of tests that need a processor and nobody waits for: with less than half the share of others. */
const FILLER = 4;
/**
 * Node loads TypeScript by itself and remembers what it compiled, for all packages. Vitest would transform each file again for each package
 * that imports it: a third of the processor time of the small ones. The console's JSX needs Vitest.
 */
const NATIVE = '--experimental.viteModuleRunner=false';
const testsFailed = 'tests, see above';
/** `.ci/run` installs other programs while the tests begin: it names a file here, and makes it at the end. */
const { LEDGERPOST_TEST_PROGRAMS: installed } = process.env;
/** Packages with tests that ask LibreOffice, hledger or promtool, where they find them. */
const ASK_PROGRAMS = ['e2e', 'api'];
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
for (const what of [...broken, ...allThatFailed()]) console.log(`Failed: ${what}`);
// A failure without a test of its own counts as one, so that the line below never looks better than it is.
const failed = count.failed === 0 ? broken.length : count.failed + broken.filter((what) => what !== testsFailed).length;
console.log(summary({ ...count, failed }));
process.exit(failed === 0 ? 0 : 1);

async function testAll(): Promise<string[]> {
  removeReports();
  const programs = installed ? untilThere(installed, 300_000) : undefined;
  // Waited for also where the tests end early: nothing goes on being installed when they are over, and the file would come back.
  if (installed) stops.push(() => Promise.resolve(programs).then(() => rm(installed, { force: true })));
  const env = await environment();
  // Before any test: two would build the console at the same time.
  if ((await runTurbo(['run', 'build'], env)) !== 0) return ['the build'];
  const failures: string[] = [];
  const checks = async () => {
    await programs;
    for (const { what, findings } of await runChecks(env)) if (findings.length > 0) failures.push(what);
    return asked ? 1 : runTool('vitest', ['run', '--root', 'tools', NATIVE], env);
  };
  const run = async (task: string, report: string, priority: number, ...filters: string[]) => {
    const reports = ['--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=.vitest/${report}.json`];
    // A test that takes a second alone may take ten and more here, where others run beside it. Those that start programs have longer limits.
    if (!filters.some((filter) => /(e2e|drill)$/.test(filter) && !filter.startsWith('!'))) reports.push('--testTimeout=240000');
    if (!filters.includes('@ledgerpost/console')) reports.push(NATIVE);
    const which = filters.map((filter) => `--filter=${filter}`);
    return asked ? 1 : runTurbo(['run', task, ...which, '--concurrency=1', '--continue', '--', ...reports], env, priority);
  };
  const tests = (name: string) => async () => {
    if (ASK_PROGRAMS.includes(name)) await programs;
    return run('test', 'results', 0, `@ledgerpost/${name}`);
  };
  const fill = (...filters: string[]) => run('test', 'results', FILLER, ...filters);
  const others = async () => {
    await programs;
    return fill(...[...LONG, ...SHORTER, 'drill'].map((name) => `!@ledgerpost/${name}`));
  };
  // The last two kill processes, or stop them halfway, and wait until others notice.
  const waiting = [...[...LONG, 'drill'].map(tests), () => run('test:alone', 'alone', 0, '@ledgerpost/e2e')];
  // The many small ones take longest, but some ask programs that may not be there at once.
  const busy = [...SHORTER.map((name) => () => fill(`@ledgerpost/${name}`)).toSpliced(2, 0, others), checks];
  // One lane more than cores keeps the cores busy, and one more, of lower priority, takes what they leave: with three more, twenty
  // processes waited for two cores, and no test ended earlier. A lane that has ended takes of these too: else they came one after the
  // other at the end, beside a core with nothing to do.
  const lanes = Math.max(2, availableParallelism()) + 1;
  const all = await inLanes(lanes, waiting, { lanes: 1, turns: busy });
  if (asked) return ['interrupted'];
  return all.every((code) => code === 0) ? failures : [...failures, testsFailed];
}

/** The environment of the tests: shared servers, workflow code that is bundled once, and no settings of a Ledgerpost that people use. */
async function environment(): Promise<NodeJS.ProcessEnv> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(DATABASE_URL|PORT|PUBLIC_URL|TEMPORAL_.*|LEDGERPOST_TEST_PROGRAMS)$/.test(name),
    ),
  );
  const print = (line: string) => console.log(line);
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-workflows-'));
  stops.push(() => rm(folder, { recursive: true, force: true }));
  const bundle = join(folder, 'workflows.js');
  const postgres = async () => {
    print('Starting Postgres for the tests …');
    const started = await startPostgres();
    stops.push(() => started.stop());
    return started.url;
  };
  const temporal = async () => {
    print('Starting Temporal for the tests …');
    const started = await startTemporal({ print });
    stops.push(() => started.stop());
    return started.address;
  };
  // At once: Temporal may have to be fetched first.
  const [databaseUrl, temporalAddress, bundles] = await Promise.all([
    env.LEDGERPOST_TEST_DATABASE_URL || postgres(),
    env.LEDGERPOST_TEST_TEMPORAL_ADDRESS || temporal(),
    buildApps(print),
    bundleApart().then(({ code }) => writeFile(bundle, code)),
  ]);
  return {
    ...env,
    LEDGERPOST_TEST_DATABASE_URL: databaseUrl,
    LEDGERPOST_TEST_TEMPORAL_ADDRESS: temporalAddress,
    LEDGERPOST_BUNDLES: bundles,
    LEDGERPOST_WORKFLOW_BUNDLE: bundle,
  };
}
