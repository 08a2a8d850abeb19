import { parseArgs } from 'node:util';
import { report, runDrill } from './run-drill.ts';

/* npm run drill [-- --seeds 50] [-- --from 1] [-- --seed 7] [-- --at-once 24] [-- --workers 2] [-- --bail] */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '50' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string', multiple: true },
    'at-once': { type: 'string', default: '24' },
    bail: { type: 'boolean', default: false },
    workers: { type: 'string', default: '2' },
  },
});
const from = Number(values.from);
const seeds = values.seed?.map(Number) ?? Array.from({ length: Number(values.seeds) }, (_, at) => from + at);
const done = await runDrill({
  seeds,
  atOnce: Number(values['at-once']),
  workers: Number(values.workers),
  bail: values.bail,
  say: (line) => console.log(line),
});
console.log(report(done));
process.exit(done.results.some(({ findings }) => findings.length > 0) ? 1 : 0);
