import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { Measured } from './figures/measure.ts';
import { rowOf, tableOf, withNewer } from './figures/page.ts';
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
/** How to read the figures. */
const NOTES = `## How to read them

- The plain script to SaasAnt writes rows with exceljs' streaming API. Our writer makes the XML of each row itself and passes it to exceljs' package (docs/decisions/0007), so it writes files faster. A second plain script uses our writer, and its first file is identical to the batch's. The engine adds the database: it claims, freezes, validates, exports and posts each document, with a state that survives a crash.
- The floor is a script that reads the same records, builds the same documents with core, copies documents and postings into tables like the engine’s in chunked transactions with fsync, and writes the same bytes. It claims, checks and counts nothing, and after a crash nobody could tell what it had done.
- Processor seconds hardly depend on what else the machine does, elapsed times do. Two versions of the engine are compared by \`npm run bench -- --profile\`, in turns.
- Cores are the processor time of the named processes, divided by the elapsed time.
- In the evening rush nobody watches the batches: they are started over the API, and the benchmark asks the database for their ends. The empty workflows are Temporal's part alone: as many workflows with as many activities that do nothing, on the same server. As long as each step of a batch is an activity that ops can see in its history, a rush can't be faster than they are.
- COPY receives finished rows. The import parses, checks, normalizes and hashes each record, compares it with the stored one, and computes its next operation.
- The check of files is one of a new company without targets. It includes the start of its workflow and the way of the file out of the database; csv-parse reads the file from disk.
- QuickBooks is its simulator, with QuickBooks' limits (500 requests and 40 batch calls in any minute, 10 requests in any second and at once; 30 documents a batch call) and answers that take 150 ms. These benchmarks use all of the limits (\`useOfLimits\` 1). The default is 90 %.
- Windows of a minute slide over the arrival times of batch calls, from the end of the first minute to the last call. The first minute may begin with a burst.
- The plain script to QuickBooks keeps the same limits, each slightly wider, so that requests which overtake each other are rarely refused; a refused one is sent again after a second. It stores nothing, searches for nothing before it sends, and could not tell after a crash what it had sent. At the end both books are compared, member by member.
- Reads are what Intuit meters: queries, single reads and questions for changes; each answered one counts. **Per 1,000 new documents** of known customers: before reads were counted and spared, 34.7 (191 queries for the 5,500 documents of the row above, on 2026-11-24); now 5.6. **Per company and day**, beside batches: before, 24 (a check for changes every hour, one question each); now 1 where webhooks announce changes, and still 24 without. A check that finds changes reads those documents, up to 1,000 a read, and the names in them. Reading fresh before an update, an undo or an adoption is not spared.
`;

if (values.write) {
  const page = new URL('../../../docs/benchmarks.md', import.meta.url);
  const table = tableOf(withNewer(await readFile(page, 'utf8'), rows));
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, ${process.platform} ${process.arch}`;
  await writeFile(
    page,
    `# Benchmarks\n\nMade by \`npm run bench -- --write\`. Each row is a ratio within one run, on ${machine}. Postgres with fsync on, Temporal’s development server, API and worker run as separate processes on this machine.\n\n${table}\n\n${NOTES}`,
  );
}
