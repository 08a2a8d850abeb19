import { setTimeout as sleep } from 'node:timers/promises';
import { AS_SHIPPED, type System, startSystem } from '@ledgerpost/e2e/system';
import { Client, Connection } from '@temporalio/client';
import { type Measured, percentile, processorSeconds, seconds, timed } from '../figures/measure.ts';
import { postgresSeconds } from '../figures/postgres-seconds.ts';
import { emptyWorker, stepsOf } from '../plain/empty-workflows.ts';
import { batchAll, companyWith, WRONG_ENDS } from './companies.ts';

const DOCUMENTS = 150;

/**
 * Many small batches started in the same minute, as schedules do at six, against one batch of as many documents; and what
 * Temporal alone takes for as many workflows with as many activities as a batch has steps, all at once.
 */
export async function eveningRush(scale: number, print: (line: string) => void): Promise<Measured[]> {
  const companies = Math.round(300 * scale);
  const system = await startSystem(AS_SHIPPED);
  try {
    const api = await system.startApi();
    const worker = await system.startWorker();
    const names = Array.from({ length: companies }, (_, n) => `rush-${n}`);
    for (const name of names) await companyWith(system, name, { invoices: DOCUMENTS });
    await companyWith(system, 'one', { invoices: DOCUMENTS * companies });
    const used = () => ({
      API: processorSeconds(api.pid),
      worker: processorSeconds(worker.pid),
      Postgres: postgresSeconds(system),
      Temporal: processorSeconds(system.temporalPid()!),
    });
    const began = used();
    const one = await timed(() => batchAll(system, 'one'));
    const between = used();
    const ends: number[] = [];
    const rush = await timed(() => batchEach(system, names, ends));
    const after = used();
    const spent = (from: ReturnType<typeof used>, to: ReturnType<typeof used>) =>
      Object.entries(to)
        .map(([name, value]) => `${name} ${(value - from[name as keyof typeof from]).toFixed(1)}`)
        .join(', ');
    print(`  one batch ${seconds(one)}, ${companies} batches ${seconds(rush)}`);
    const empty = await emptyRush(system, companies);
    print(`  ${companies} empty workflows of ${empty.activities} activities ${seconds(empty.ms)}`);
    const what = `the evening rush: ${companies} companies with ${DOCUMENTS} invoices each, all started at once, to SaasAnt`;
    return [
      {
        what,
        against: `one batch of ${(DOCUMENTS * companies).toLocaleString('en')}`,
        ratio: rush / one,
        atMost: 1.6,
        figures: [
          `${seconds(rush)} against ${seconds(one)}; half had ended after ${seconds(percentile(ends, 0.5))}`,
          `processor seconds: ${spent(between, after)}; of the one batch: ${spent(began, between)}`,
        ],
      },
      {
        what: 'the same evening rush',
        against: `${companies} empty workflows with as many activities as it has steps (${empty.activities}), all started at once, and the one batch`,
        ratio: rush / (empty.ms + one),
        atMost: 1.6,
        figures: [
          `${seconds(rush)} against ${seconds(empty.ms)} and ${seconds(one)}; the empty workflows alone take ${(empty.ms / one).toFixed(2)}× the one batch`,
        ],
      },
    ];
  } finally {
    await system.stop();
  }
}

/** Starts all batches at once, and asks the database, not the API, when they have ended: at six nobody watches. */
async function batchEach(system: System, names: readonly string[], ends: number[]): Promise<void> {
  const from = performance.now();
  await Promise.all(
    names.map(async (name) => {
      const { status } = await system.call('POST', `/v1/companies/${name}/targets/saasant/batches`, {});
      if (status >= 300) throw new Error(`The batch of ${name} did not start: ${status}.`);
    }),
  );
  while (ends.length < names.length) {
    const rows = await system.sql<{ state: string; n: number }[]>`
      select state, count(*)::int as n from batches where company_id like 'rush-%' group by state`;
    const count = (of: (state: string) => boolean) => rows.filter(({ state }) => of(state)).reduce((sum, { n }) => sum + n, 0);
    const wrong = count((state) => WRONG_ENDS.includes(state));
    if (wrong > 0) throw new Error(`${wrong} batches were not posted.`);
    for (const posted = count((state) => state === 'posted'); ends.length < posted; ) ends.push(performance.now() - from);
    if (performance.now() - from > 900_000) throw new Error(`Only ${ends.length} of ${names.length} batches ended.`);
    await sleep(100);
  }
}

/** As many workflows, whose activities do nothing, all started at once. */
async function emptyRush(system: System, workflows: number): Promise<{ activities: number; ms: number }> {
  const connection = await Connection.connect({ address: system.temporalAddress });
  const client = new Client({ connection });
  const worker = await emptyWorker(system.temporalAddress);
  try {
    const activities = await stepsOf(system, 'rush-0', client);
    const run = (n: number | string) =>
      client.workflow.execute('nothing', { taskQueue: 'nothing', workflowId: `nothing-${n}`, args: [activities] });
    await run('first');
    const ms = await timed(() => Promise.all(Array.from({ length: workflows }, (_, n) => run(n))));
    return { activities, ms };
  } finally {
    await worker.stop();
    await connection.close();
  }
}
