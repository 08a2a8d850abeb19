import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { customers, invoices } from '@ledgerpost/e2e/made-records';
import { stream } from '@ledgerpost/e2e/stream-records';
import { AS_SHIPPED, type System, startSystem } from '@ledgerpost/e2e/system';
import { processorSeconds, seconds } from '../figures/measure.ts';
import { postgresSeconds } from '../figures/postgres-seconds.ts';
import { WRONG_ENDS } from './companies.ts';

const CUSTOMERS = 2_000;
const MOST = 15;

/**
 * Where the time of a large batch to SaasAnt goes: by step and process, by statement, and by function of the worker. Processor
 * seconds hardly depend on what else runs on the machine; elapsed seconds do.
 */
export async function profile(scale: number, print: (line: string) => void): Promise<void> {
  const count = Math.round(50_000 * scale);
  const system = await startSystem(AS_SHIPPED, {
    postgres: ['shared_preload_libraries=pg_stat_statements', 'pg_stat_statements.track_planning=on'],
  });
  try {
    await system.sql`create extension if not exists pg_stat_statements`;
    const functions = join(system.folder, 'functions');
    await mkdir(functions);
    const api = await system.startApi();
    const worker = await system.startWorker({ NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${functions}` });
    await system.call('PUT', '/v1/companies/large', { name: 'Large', timeZone: 'America/Los_Angeles', currency: 'USD' });
    await system.call('PUT', '/v1/companies/large/targets/saasant', { accounts: { income: 'Services' } });
    await stream(system, 'large', [...customers(CUSTOMERS)]);
    await stream(system, 'large', invoices(count, CUSTOMERS));
    print(`  ${count.toLocaleString('en')} invoices imported`);
    await system.sql`select pg_stat_statements_reset()`;
    const used = () => ({
      worker: processorSeconds(worker.pid),
      Postgres: postgresSeconds(system),
      Temporal: processorSeconds(system.temporalPid()!),
      API: processorSeconds(api.pid),
    });
    const steps = await followSteps(system, used);
    print(`\n| step | elapsed | ${Object.keys(used()).join(' | ')} |\n|---|---|---|---|---|---|`);
    for (const { step, ms, spent } of steps) {
      print(`| ${step} | ${seconds(ms)} | ${Object.values(spent).map(figure).join(' | ')} |`);
    }
    await printStatements(system, print);
    await worker.stop();
    await printFunctions(functions, print);
  } finally {
    await system.stop();
  }
}

type Used = Record<string, number>;

/** Starts the batch, and gives the time and processor seconds of each of its states. */
async function followSteps(system: System, used: () => Used): Promise<{ step: string; ms: number; spent: Used }[]> {
  const steps: { step: string; ms: number; spent: Used }[] = [];
  let from = { at: performance.now(), used: used(), state: 'selecting' };
  const first = from;
  const { body } = await system.call<{ batch: { id: string } }>('POST', '/v1/companies/large/targets/saasant/batches', {});
  for (;;) {
    const [batch] = await system.sql<{ state: string }[]>`select state from batches where id = ${body.batch.id}`;
    const state = batch!.state;
    if (state !== from.state) {
      const to = { at: performance.now(), used: used(), state };
      steps.push({ step: from.state, ms: to.at - from.at, spent: minus(to.used, from.used) });
      from = to;
    }
    if (state === 'posted') break;
    if (WRONG_ENDS.includes(state)) throw new Error(`The batch ended ${state}.`);
    await sleep(10);
  }
  steps.push({ step: '**all**', ms: from.at - first.at, spent: minus(from.used, first.used) });
  return steps;
}

const figure = (value: number) => value.toFixed(2);

function minus(to: Used, from: Used): Used {
  return Object.fromEntries(Object.entries(to).map(([name, value]) => [name, value - from[name]!]));
}

async function printStatements(system: System, print: (line: string) => void): Promise<void> {
  const statements = await system.sql<{ ms: number; planning: number; calls: number; rows: number; query: string }[]>`
    select total_exec_time as ms, total_plan_time as planning, calls::int, rows::int, query from pg_stat_statements
    where query not like '%pg_stat_statements%' order by total_exec_time + total_plan_time desc limit ${MOST}`;
  print('\n| statement | s | planning | calls | rows |\n|---|---|---|---|---|');
  for (const { ms, planning, calls, rows, query } of statements) {
    const text = query.replace(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 110);
    print(`| \`${text}\` | ${figure(ms / 1e3)} | ${figure(planning / 1e3)} | ${calls} | ${rows} |`);
  }
}

interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { functionName: string; url: string; lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** The functions in which the worker spent most time, without what they called. */
async function printFunctions(folder: string, print: (line: string) => void): Promise<void> {
  const spent = new Map<string, number>();
  for (const name of await readdir(folder)) {
    const { nodes, samples, timeDeltas } = JSON.parse(await readFile(join(folder, name), 'utf8')) as Profile;
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    for (const [index, id] of samples.entries()) {
      const frame = frames.get(id)!;
      const place = frame.url === '' ? '' : ` (${frame.url.split('/').slice(-2).join('/')}:${frame.lineNumber + 1})`;
      const key = `${frame.functionName || 'anonymous'}${place}`;
      spent.set(key, (spent.get(key) ?? 0) + timeDeltas[index]! / 1e6);
    }
  }
  print('\n| function of the worker | s |\n|---|---|');
  const idle = new Set(['(idle)', '(program)', '(root)']);
  const most = [...spent].filter(([name]) => !idle.has(name)).sort(([, a], [, b]) => b - a);
  for (const [name, of] of most.slice(0, 2 * MOST)) print(`| \`${name}\` | ${figure(of)} |`);
}
