import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { likeBooks } from '@ledgerpost/qbo-simulator';
import { PLANTED } from './planting/faults.ts';
import { report, runDrill, told } from './run-drill.ts';
import { seedsOf } from './story/seeds-of.ts';
import { TAXED, TAXED_FROM, THEMES } from './story/themes.ts';

/* npm run drill [-- --seeds 50] [-- --from 1] [-- --seed 7] [-- --at-once 24] [-- --workers 2] [-- --bail] [-- --theme drift] [-- --like contact-2026-11-28.json] [-- --plant all] */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string', multiple: true },
    'at-once': { type: 'string', default: '24' },
    bail: { type: 'boolean', default: false },
    theme: { type: 'string', default: '' },
    like: { type: 'string' },
    plant: { type: 'string' },
    hasten: { type: 'boolean', default: false },
    minutes: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
});
const from = Number(values.from);
const common = {
  atOnce: Number(values['at-once']),
  workers: Number(values.workers),
  hasten: values.hasten,
  minutes: values.minutes === undefined ? undefined : Number(values.minutes),
  print: (line: string) => console.log(line),
};
process.exit(values.plant === undefined ? await drill() : await plant(values.plant));

/** @returns the exit code: 1 if a seed failed */
async function drill(): Promise<number> {
  const isTaxed = values.theme !== '' && TAXED.startsWith(values.theme);
  if (!isTaxed && !THEMES.some((theme) => theme.startsWith(values.theme)))
    throw new Error(`There is no theme “${values.theme}”. The themes are: ${[...THEMES, TAXED].join(', ')}.`);
  const done = await runDrill({
    ...common,
    seeds:
      values.seed?.map(Number) ??
      seedsOf((theme) => theme.startsWith(values.theme), isTaxed ? TAXED_FROM + from : from, Number(values.seeds)),
    bail: values.bail,
    switches: values.like === undefined ? undefined : likeBooks(readFileSync(values.like, 'utf8')).switches,
  });
  for (const one of values.seed === undefined ? [] : done.results.filter(({ findings }) => findings.length === 0))
    console.log([`\nSeed ${one.seed} (${one.theme}):`, ...told(one)].join('\n'));
  console.log(report(done));
  return done.results.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

/** Plants faults of ours one after the other. @returns the exit code: 1 if the drill did not notice one of them */
async function plant(wanted: string): Promise<number> {
  const names = Object.keys(PLANTED).filter((name) => wanted === 'all' || name === wanted);
  if (names.length === 0)
    throw new Error(`There is no fault “${wanted}”. The faults are: all, ${Object.keys(PLANTED).join(', ')}.`);
  const lines: string[] = [];
  for (const name of names) {
    const { themes } = PLANTED[name]!;
    const seeds = values.seed?.map(Number) ?? seedsOf((theme) => themes.includes(theme), from, Number(values.seeds));
    const { results } = await runDrill({ ...common, seeds, bail: true, plant: name });
    const noticed = results.find(({ findings, brokeOff }) => findings.length > 0 && !brokeOff);
    lines.push(
      noticed === undefined
        ? `NOT NOTICED in ${results.length} seeds: ${name}`
        : `noticed by seed ${noticed.seed} (${noticed.theme}): ${name}: ${noticed.findings[0]}`,
    );
  }
  console.log(`\n${lines.join('\n')}`);
  return lines.some((line) => line.startsWith('NOT')) ? 1 : 0;
}
