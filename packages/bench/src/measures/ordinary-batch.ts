import { customers, invoice, payment } from '@ledgerpost/e2e/made-records';
import { stream } from '@ledgerpost/e2e/stream-records';
import { AS_SHIPPED, type System, startSystem, untilState } from '@ledgerpost/e2e/system';
import { Client, Connection } from '@temporalio/client';
import { type Measured, median, millis, timed } from '../figures/measure.ts';
import { emptyWorker, stepsOf } from '../plain/empty-workflows.ts';

const RUNS = 20;
const WARM_UP = 5;

/** 100 invoices and 80 payments from POST to posted, against a workflow with as many activities as it has steps, which do nothing. */
export async function ordinaryBatch(print: (line: string) => void): Promise<Measured> {
  const system = await startSystem(AS_SHIPPED);
  try {
    await system.startApi();
    await system.startWorker();
    await system.call('PUT', '/v1/companies/daily', { name: 'Daily', timeZone: 'America/Los_Angeles', currency: 'USD' });
    await system.call('PUT', '/v1/companies/daily/targets/saasant', { accounts: { income: 'Services' } });
    await stream(system, 'daily', customers(60));
    const connection = await Connection.connect({ address: system.temporalAddress });
    const client = new Client({ connection });
    const empty = await emptyWorker(system.temporalAddress);
    const batches: number[] = [];
    const nothings: number[] = [];
    let activities = 0;
    for (let run = 0; run < RUNS + WARM_UP; run++) {
      const ms = await ordinary(system, run);
      activities ||= await stepsOf(system, 'daily', client);
      const nothing = await timed(() =>
        client.workflow.execute('nothing', { taskQueue: 'nothing', workflowId: `nothing-${run}`, args: [activities] }),
      );
      if (run >= WARM_UP) {
        batches.push(ms);
        nothings.push(nothing);
      }
    }
    print(
      `  ${RUNS} batches: median ${millis(median(batches))}; ${activities} empty activities: median ${millis(median(nothings))}`,
    );
    await empty.stop();
    await connection.close();
    return {
      what: 'an ordinary batch (100 invoices, 80 payments), from POST to posted: median',
      against: `an empty workflow with as many activities as it has steps (${activities}) on the same server`,
      ratio: median(batches) / median(nothings),
      atMost: 2,
      figures: [`batch ${millis(median(batches))}`, `empty ${millis(median(nothings))}`],
    };
  } finally {
    await system.stop();
  }
}

async function ordinary(system: System, run: number): Promise<number> {
  const from = 1_000 * (run + 1);
  const records = [
    ...Array.from({ length: 100 }, (_, n) => JSON.stringify(invoice(from + n, 60))),
    ...Array.from({ length: 80 }, (_, n) => JSON.stringify(payment(from + n, 60))),
  ];
  await stream(system, 'daily', records);
  return timed(async () => {
    const { body } = await system.call<{ batch: { id: string } }>('POST', '/v1/companies/daily/targets/saasant/batches', {});
    const { state } = await untilState(system, 'daily', body.batch.id, ['posted', 'posted-in-part', 'failed']);
    if (state !== 'posted') throw new Error(`The batch ended ${state}.`);
  });
}
