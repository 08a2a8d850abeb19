import { AS_SHIPPED, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, percentile, processorSeconds, seconds, timed } from '../figures/measure.ts';
import { postgresSeconds } from '../figures/postgres-seconds.ts';
import { batchAll, companyWith } from './companies.ts';

const DOCUMENTS = 150;

/** Many small batches started in the same minute, as schedules do at six, against one batch of as many documents. */
export async function eveningRush(scale: number, print: (line: string) => void): Promise<Measured> {
  const companies = Math.round(300 * scale);
  const system = await startSystem(AS_SHIPPED);
  try {
    const api = await system.startApi();
    const worker = await system.startWorker();
    const names = Array.from({ length: companies }, (_, n) => `rush-${n}`);
    for (const name of names) await companyWith(system, name, { invoices: DOCUMENTS });
    await companyWith(system, 'one', { invoices: DOCUMENTS * companies });
    const used = () =>
      processorSeconds(api.pid) +
      processorSeconds(worker.pid) +
      postgresSeconds(system) +
      processorSeconds(system.temporalPid()!);
    const began = used();
    const one = await timed(() => batchAll(system, 'one'));
    const between = used();
    const ends: number[] = [];
    const rush = await timed(async () => {
      const from = performance.now();
      await Promise.all(
        names.map(async (name) => {
          await batchAll(system, name);
          ends.push(performance.now() - from);
        }),
      );
    });
    const after = used();
    print(`  one batch ${seconds(one)}, ${companies} batches ${seconds(rush)}`);
    return {
      what: `the evening rush: ${companies} companies with ${DOCUMENTS} invoices each, all started at once, to SaasAnt`,
      against: `one batch of ${(DOCUMENTS * companies).toLocaleString('en')}`,
      ratio: rush / one,
      atMost: 1.6,
      figures: [
        `${seconds(rush)} against ${seconds(one)}; half had ended after ${seconds(percentile(ends, 0.5))}`,
        `${(after - between).toFixed(1)} processor seconds (API, worker, Postgres, Temporal) against ${(between - began).toFixed(1)}`,
      ],
    };
  } finally {
    await system.stop();
  }
}
