import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { customers, invoices } from '@ledgerpost/e2e/made-records';
import { stream } from '@ledgerpost/e2e/stream-records';
import { AS_SHIPPED, type System, startSystem, untilState } from '@ledgerpost/e2e/system';
import { type Measured, peakMegabytes, processorSeconds, seconds, timed } from '../figures/measure.ts';
import { postgresSeconds } from '../figures/postgres-seconds.ts';

const CUSTOMERS = 2_000;
const ENDS = ['posted', 'posted-in-part', 'nothing-posted', 'failed'];

interface Run {
  readonly ms: number;
  readonly cores: number;
  /** Processor seconds. */
  readonly used: number;
  readonly peak: number;
  /** Hash of the first file. */
  readonly sha256: string;
}

/** 100,000 invoices to SaasAnt against a plain script; the worker's memory at four times as many. */
export async function largeBatch(scale: number, print: (line: string) => void): Promise<Measured[]> {
  const small = Math.round(100_000 * scale);
  const [batch, plain, ours, floor] = await batchAndPlain(small, print);
  const [large] = await batchAndPlain(small * 4, print, false);
  const invoices = `${small.toLocaleString('en')} invoices of 3 lines, from POST to posted`;
  return [
    {
      what: invoices,
      against: 'a plain exceljs script over the same records, no engine',
      ratio: batch.ms / plain!.ms,
      atMost: 2,
      figures: [
        `engine ${seconds(batch.ms)} on ${batch.cores.toFixed(1)} cores (API, worker, Postgres)`,
        `plain ${seconds(plain!.ms)} on ${plain!.cores.toFixed(1)} cores (script, Postgres)`,
        `plain with our own writer ${seconds(ours!.ms)} on ${ours!.cores.toFixed(1)} cores, the engine ${(batch.ms / ours!.ms).toFixed(2)}× that`,
      ],
    },
    {
      what: `${invoices}, against the floor`,
      against:
        'a script that only builds the documents with core, copies them and their postings into tables, and writes the files',
      ratio: batch.ms / floor!.ms,
      atMost: 1.5,
      figures: [
        `engine ${seconds(batch.ms)} and ${batch.used.toFixed(1)} processor seconds (API, worker, Postgres)`,
        `floor ${seconds(floor!.ms)} and ${floor!.used.toFixed(1)} (script, Postgres): ${(floor!.ms / plain!.ms).toFixed(2)}× the exceljs script`,
      ],
    },
    {
      what: `${(small * 4).toLocaleString('en')} invoices`,
      against: `4 × ${small.toLocaleString('en')}`,
      ratio: large.ms / (4 * batch.ms),
      atMost: 1.1,
      figures: [
        `${seconds(large.ms)} against 4 × ${seconds(batch.ms)}`,
        `${large.used.toFixed(1)} processor seconds against 4 × ${batch.used.toFixed(1)}`,
      ],
    },
    {
      what: `worker memory at ${(small * 4).toLocaleString('en')} invoices`,
      against: `at ${small.toLocaleString('en')}`,
      ratio: large.peak / batch.peak,
      atMost: 1.2,
      figures: [`peak ${batch.peak} MB, then ${large.peak} MB (at most 500)`, `the large batch took ${seconds(large.ms)}`],
    },
  ];
}

async function batchAndPlain(count: number, print: (line: string) => void, withPlain = true): Promise<[Run, Run?, Run?, Run?]> {
  const system = await startSystem(AS_SHIPPED);
  try {
    const api = await system.startApi();
    const worker = await system.startWorker();
    await system.call('PUT', '/v1/companies/large', { name: 'Large', timeZone: 'America/Los_Angeles', currency: 'USD' });
    await system.call('PUT', '/v1/companies/large/targets/saasant', { accounts: { income: 'Services' } });
    await stream(system, 'large', [...customers(CUSTOMERS)]);
    await stream(system, 'large', invoices(count, CUSTOMERS));
    print(`  ${count.toLocaleString('en')} invoices imported`);
    const plain: Run[] = [];
    for (const script of withPlain ? (['exceljs', 'ours', 'floor'] as const) : [])
      plain.push(await plainRun(system, script, print));
    const used = () => processorSeconds(api.pid) + processorSeconds(worker.pid) + postgresSeconds(system);
    const before = used();
    const ms = await timed(async () => {
      const { body } = await system.call<{ batch: { id: string } }>('POST', '/v1/companies/large/targets/saasant/batches', {});
      const { state } = await untilState(system, 'large', body.batch.id, ENDS, 900_000);
      if (state !== 'posted') throw new Error(`The batch ended ${state}.`);
    });
    const spent = used() - before;
    const cores = spent / (ms / 1_000);
    const [file] = await system.sql<{ sha256: string }[]>`select sha256 from batch_files where name = '1 Invoice Inserts.xlsx'`;
    const run = { ms, cores, used: spent, peak: peakMegabytes(worker.pid), sha256: file?.sha256 ?? '' };
    for (const script of plain.slice(1))
      if (script.sha256 !== run.sha256) throw new Error('A script and the batch made different rows.');
    print(
      `  batch of ${count.toLocaleString('en')}: ${seconds(ms)}, ${spent.toFixed(1)} processor seconds, worker at most ${run.peak} MB`,
    );
    return [run, ...plain] as [Run, Run?, Run?, Run?];
  } finally {
    await system.stop();
  }
}

async function plainRun(system: System, writer: 'exceljs' | 'ours' | 'floor', print: (line: string) => void): Promise<Run> {
  const script = fileURLToPath(
    new URL(writer === 'floor' ? '../plain/durable-floor.ts' : '../plain/plain-saasant.ts', import.meta.url),
  );
  const folder = join(system.folder, `plain-${writer}`);
  const before = postgresSeconds(system);
  let own = 0;
  let sha256 = '';
  const ms = await timed(async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [script, system.databaseUrl, 'large', folder, writer]);
    const result = JSON.parse(stdout) as { cpu: { user: number; system: number }; sha256: string };
    own = (result.cpu.user + result.cpu.system) / 1e6;
    sha256 = result.sha256;
  });
  const used = own + postgresSeconds(system) - before;
  print(`  script ${writer}: ${seconds(ms)}, ${used.toFixed(1)} processor seconds`);
  return { ms, cores: used / (ms / 1_000), used, peak: 0, sha256 };
}
