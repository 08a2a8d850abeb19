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
    const empty = await emptyRushes(system, companies);
    const cost = ({ ms, temporal, worker }: EmptyRush) =>
      `${seconds(ms)}; processor ms a workflow: Temporal ${temporal.toFixed(1)}, worker and caller ${worker.toFixed(1)}`;
    const { steps, rushes } = empty;
    print(`  ${companies} empty workflows of ${steps} activities ${cost(rushes.activities)}`);
    print(`  of ${steps} steps beside them ${cost(rushes.beside)}`);
    print(`  of one activity ${cost(rushes.one)}`);
    print(`  of nothing ${cost(rushes.nothing)}`);
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
        against: `${companies} empty workflows with as many activities as it has steps (${steps}), all started at once, and the one batch`,
        ratio: rush / (rushes.activities.ms + one),
        atMost: 1.6,
        figures: [
          `${seconds(rush)} against ${seconds(rushes.activities.ms)} and ${seconds(one)}; the empty workflows alone take ${(rushes.activities.ms / one).toFixed(2)}× the one batch`,
        ],
      },
      {
        what: `what Temporal alone needs of the evening rush: ${companies} workflows of ${steps} steps that do nothing, beside them, all started at once`,
        against: 'the one batch',
        ratio: rushes.beside.ms / one,
        atMost: 1.6,
        figures: [
          cost(rushes.beside),
          `without any step ${cost(rushes.nothing)}`,
          `with one ordinary activity ${cost(rushes.one)}`,
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

interface EmptyRush {
  /** From the first start to the last end. */
  readonly ms: number;
  /** Processor milliseconds a workflow. */
  readonly temporal: number;
  readonly worker: number;
}

/** As many workflows that do nothing, all started at once: with an ordinary activity for each step of a batch, with steps beside them, and with less. */
async function emptyRushes(system: System, workflows: number) {
  const connection = await Connection.connect({ address: system.temporalAddress });
  const client = new Client({ connection });
  const worker = await emptyWorker(system.temporalAddress);
  try {
    const steps = await stepsOf(system, 'rush-0', client);
    const used = () => ({ temporal: processorSeconds(system.temporalPid()!), worker: processorSeconds(process.pid) });
    const each = (from: number, to: number) => ((to - from) * 1_000) / workflows;
    async function rush(prefix: string, args: readonly [activities: number, beside: number]): Promise<EmptyRush> {
      const start = (n: number | string) =>
        client.workflow.start('nothing', { taskQueue: 'nothing', workflowId: `${prefix}-${n}`, args: [...args] });
      await (await start('first')).result();
      const before = used();
      const ms = await timed(async () => {
        await Promise.all(Array.from({ length: workflows }, (_, n) => start(n)));
        // As with the batches, nobody watches.
        const query = `WorkflowId STARTS_WITH "${prefix}-" AND ExecutionStatus = "Completed"`;
        while ((await client.workflow.count(query)).count <= workflows) await sleep(100);
      });
      const after = used();
      return { ms, temporal: each(before.temporal, after.temporal), worker: each(before.worker, after.worker) };
    }
    const rushes = {
      activities: await rush('activities', [steps, 0]),
      beside: await rush('beside', [0, steps]),
      one: await rush('one', [1, 0]),
      nothing: await rush('nothing', [0, 0]),
    };
    return { steps, rushes };
  } finally {
    await worker.stop();
    await connection.close();
  }
}
