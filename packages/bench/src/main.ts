import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { buildApps } from '@ledgerpost/devstack';
import type { Measured } from './figures/measure.ts';
import { pageWith, rowOf, tableOf } from './figures/page.ts';
import { consoleList } from './measures/console-list.ts';
import { eveningRush } from './measures/evening-rush.ts';
import { importRecords } from './measures/import-records.ts';
import { importFiles } from './measures/intake.ts';
import { kit } from './measures/kit.ts';
import { largeBatch } from './measures/large-batch.ts';
import { limiter } from './measures/limiter.ts';
import { listCallers } from './measures/list-callers.ts';
import { manyCompanies } from './measures/many-companies.ts';
import { matching } from './measures/matching.ts';
import { meteredReads } from './measures/metered-reads.ts';
import { ordinaryBatch } from './measures/ordinary-batch.ts';
import { previews } from './measures/previews.ts';
import { profile } from './measures/profile.ts';
import { pushQuickBooks } from './measures/push-quickbooks.ts';
import { twoWorkers } from './measures/two-workers.ts';
import { unbatchedList } from './measures/unbatched-list.ts';

/* npm run bench [-- --only large,ordinary,list,import,intake,limiter,push,reads,matching,workers,kit,rush,previews,callers,companies,console] [-- --scale 0.1] [-- --write] [-- --profile] */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    scale: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
    profile: { type: 'boolean', default: false },
  },
});
const scale = Number(values.scale);
if (values.write && scale !== 1) throw new Error('--write needs full scale. Leave out --scale.');
const print = (line: string) => console.log(line);
const benches: Record<string, () => Promise<Measured | Measured[]>> = {
  import: () => importRecords(scale, print),
  intake: () => importFiles(scale, print),
  list: () => unbatchedList(scale, print),
  ordinary: () => ordinaryBatch(print),
  large: () => largeBatch(scale, print),
  limiter: () => limiter(scale, print),
  push: () => pushQuickBooks(scale, print),
  reads: () => meteredReads(scale, print),
  matching: () => matching(scale, print),
  workers: () => twoWorkers(scale, print),
  kit: () => kit(print),
  rush: () => eveningRush(scale, print),
  previews: () => previews(scale, print),
  callers: () => listCallers(scale, print),
  companies: () => manyCompanies(scale, print),
  console: () => consoleList(scale, print),
};
// As people run it.
await buildApps(print);
if (values.profile) await profile(scale, print);
const wanted = values.only?.split(',') ?? (values.profile ? [] : Object.keys(benches));
const measured: Measured[] = [];
for (const name of wanted) {
  const bench = benches[name];
  if (bench === undefined) throw new Error(`There is no benchmark "${name}". Choose from ${Object.keys(benches).join(', ')}.`);
  print(`${name}:`);
  measured.push(...[await bench()].flat());
}

if (measured.length === 0) process.exit();
const rows = measured.map((one) => rowOf(one, new Date().toISOString().slice(0, 10)));
print(`\n${tableOf(rows)}`);

if (values.write) {
  const file = new URL('../../../docs/benchmarks.md', import.meta.url);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform} ${process.arch}`;
  await writeFile(file, pageWith(await readFile(file, 'utf8'), rows, machine));
}
