import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '@ledgerpost/devstack';
import type { Measured } from '../figures/measure.ts';

const run = promisify(execFile);
const PATIENCE_S = 10;

/** How long the conformance laws take, including start-up. An author runs them while writing. */
export async function kit(print: (line: string) => void): Promise<Measured[]> {
  const plugins = readdirSync(join(projectRoot, 'packages')).filter((name) => name.endsWith('-plugin'));
  const measured: Measured[] = [];
  for (const plugin of plugins) {
    const started = performance.now();
    // A package's configuration says where its reports go, whatever the command line says: so the laws are counted on what is printed.
    const { stdout } = await run(
      join(projectRoot, 'node_modules/.bin/vitest'),
      ['run', '--root', join('packages', plugin), 'src/conformance.test.ts', '--reporter=default'],
      { cwd: projectRoot, env: { ...process.env, NO_COLOR: '1' } },
    );
    const seconds = (performance.now() - started) / 1000;
    const laws = Number(/Tests +(\d+) passed/.exec(stdout)?.[1]);
    print(`  ${plugin}: ${laws} laws in ${seconds.toFixed(1)} s`);
    measured.push({
      what: `the conformance kit on ${plugin}`,
      against: `${PATIENCE_S} s`,
      ratio: seconds / PATIENCE_S,
      atMost: 1,
      figures: [`${laws} laws in ${seconds.toFixed(1)} s, no server started`],
    });
  }
  return measured;
}
