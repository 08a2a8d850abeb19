import { companyWithRecords, postBatch, withoutLimits } from '@ledgerpost/e2e/quickbooks-books';
import { AS_SHIPPED, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, seconds, timed } from '../figures/measure.ts';

const COMPANIES = ['first', 'second', 'third'];
/** Slots of each worker. Three batches have three lanes each: more than twice as many, so that chunks are spread evenly. */
const SLOTS = 3;
const LATENCY_MS = 150;

/** Push batches of three companies at once: two workers against one, where only the target's answers take time. */
export async function twoWorkers(scale: number, print: (line: string) => void): Promise<Measured> {
  const sizes = { invoices: Math.round(6_000 * scale), payments: 0, customers: 300 };
  const run = async (workers: number): Promise<number> => {
    const env = { LEDGERPOST_QBO_LIMITS: 'off' };
    const system = await startSystem({ ...AS_SHIPPED, LEDGERPOST_SLOTS: String(SLOTS) }, { simulator: {}, env });
    try {
      await system.startApi();
      for (let n = 0; n < workers; n++) await system.startWorker();
      for (const id of COMPANIES) await companyWithRecords(system, id, sizes, 1);
      await withoutLimits(system, LATENCY_MS);
      const ms = await timed(() => Promise.all(COMPANIES.map((id) => postBatch(system, id))));
      print(`  ${workers === 1 ? 'one worker' : `${workers} workers`}: ${seconds(ms)}`);
      return ms;
    } finally {
      await system.stop();
    }
  };
  const one = await run(1);
  const two = await run(2);
  return {
    what: `three companies’ batches of ${sizes.invoices.toLocaleString('en')} invoices to QuickBooks at once, ${LATENCY_MS} ms an answer, no limits: two workers`,
    against: 'one worker',
    ratio: two / one,
    atMost: 1 / 1.8,
    figures: [
      `one ${seconds(one)}, two ${seconds(two)}: ${(Math.round((one / two) * 100) / 100).toLocaleString('en')} times as fast`,
      `${SLOTS} slots a worker, 9 lanes in all`,
    ],
  };
}
