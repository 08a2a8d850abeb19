import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { likeBooks } from '@ledgerpost/qbo-simulator';
import { report, runDrill } from './run-drill.ts';
import { THEMES } from './story/themes.ts';

/* npm run drill [-- --seeds 50] [-- --from 1] [-- --seed 7] [-- --at-once 24] [-- --workers 2] [-- --bail] [-- --theme drift] [-- --like contact-2026-11-28.json] */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string', multiple: true },
    'at-once': { type: 'string', default: '24' },
    bail: { type: 'boolean', default: false },
    theme: { type: 'string', default: '' },
    like: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
});
const from = Number(values.from);
const seeds = values.seed?.map(Number) ?? some(Number(values.seeds));
const done = await runDrill({
  seeds,
  atOnce: Number(values['at-once']),
  workers: Number(values.workers),
  bail: values.bail,
  switches: values.like === undefined ? undefined : likeBooks(readFileSync(values.like, 'utf8')).switches,
  print: (line) => console.log(line),
});
console.log(report(done));
process.exit(done.results.some(({ findings }) => findings.length > 0) ? 1 : 0);

/** The next seeds whose theme begins with the chosen words. */
function some(count: number): number[] {
  if (!THEMES.some((theme) => theme.startsWith(values.theme)))
    throw new Error(`There is no theme “${values.theme}”. The themes are: ${THEMES.join(', ')}.`);
  const found: number[] = [];
  for (let seed = from; found.length < count; seed++)
    if (THEMES[seed % THEMES.length]!.startsWith(values.theme)) found.push(seed);
  return found;
}
