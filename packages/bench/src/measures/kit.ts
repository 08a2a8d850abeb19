import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@ledgerpost/devstack';
import type { Measured } from '../figures/measure.ts';

const run = promisify(execFile);
const PATIENCE_S = 10;

/** How long the conformance laws take, including start-up. An author runs them while writing. */
export async function kit(print: (line: string) => void): Promise<Measured[]> {
  const plugins = readdirSync(join(projectRoot, 'packages')).filter((name) => name.endsWith('-plugin'));
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-kit-'));
  const measured: Measured[] = [];
  for (const plugin of plugins) {
    const started = performance.now();
    const report = join(folder, `${plugin}.json`);
    await run(
      join(projectRoot, 'node_modules/.bin/vitest'),
      ['run', '--root', join('packages', plugin), 'src/conformance.test.ts', '--reporter=json', `--outputFile=${report}`],
      { cwd: projectRoot },
    );
    const seconds = (performance.now() - started) / 1000;
    const { numPassedTests } = JSON.parse(await readFile(report, 'utf8')) as { numPassedTests: number };
    print(`  ${plugin}: ${numPassedTests} laws in ${seconds.toFixed(1)} s`);
    measured.push({
      what: `the conformance kit on ${plugin}`,
      against: `${PATIENCE_S} s`,
      ratio: seconds / PATIENCE_S,
      atMost: 1,
      figures: [`${numPassedTests} laws in ${seconds.toFixed(1)} s, no server started`],
    });
  }
  await rm(folder, { recursive: true });
  return measured;
}
