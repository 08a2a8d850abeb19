import { invoice, payment, withServices } from '@ledgerpost/e2e/made-records';
import {
  type Arrival,
  arrivalsOf,
  companyWithRecords,
  postBatch,
  withLimits,
  withoutLimits,
} from '@ledgerpost/e2e/quickbooks-books';
import { stream } from '@ledgerpost/e2e/stream-records';
import { AS_SHIPPED, startSystem } from '@ledgerpost/e2e/system';
import type { Measured } from '../figures/measure.ts';

/** What Intuit meters. */
const READS = ['query', 'read', 'cdc'];

/** Reads at QuickBooks, which Intuit meters, of two batches to the same customers. */
export async function meteredReads(scale: number, print: (line: string) => void): Promise<Measured> {
  const sizes = { invoices: Math.round(1_000 * scale), payments: Math.round(800 * scale), customers: Math.round(200 * scale) };
  const documents = sizes.invoices + sizes.payments;
  const system = await startSystem(AS_SHIPPED, { simulator: {}, env: { LEDGERPOST_QBO_LIMITS: 'off' } });
  try {
    await system.startApi();
    await system.startWorker();
    const id = 'metered';
    const realm = await companyWithRecords(system, id, sizes, 1);
    const count = async (what: string, work: () => Promise<unknown>) => {
      await withLimits(system, 0);
      await withoutLimits(system, 0);
      await work();
      const arrivals = await arrivalsOf(system, realm);
      const reads = arrivals.filter(isRead).length;
      const calls = arrivals.filter(({ operation }) => operation === 'batch').length;
      print(`  ${what}: ${reads} reads, ${calls} batch calls`);
      return { reads, calls };
    };
    const first = await count('first batch', () => postBatch(system, id));
    await stream(system, id, later(sizes));
    const second = await count('second batch, the same customers', () => postBatch(system, id));
    const per = (reads: number) => (Math.round((reads / documents) * 10_000) / 10).toLocaleString('en');
    return {
      what: `reads that Intuit meters, for ${documents.toLocaleString('en')} new documents of known customers`,
      against: 'one read for each call of 30 documents',
      ratio: second.reads / second.calls,
      atMost: 0.25,
      figures: [
        `first batch ${first.reads} reads (${per(first.reads)} per 1,000 documents) and ${first.calls} calls`,
        `second batch ${second.reads} reads (${per(second.reads)} per 1,000) and ${second.calls} calls`,
      ],
    };
  } finally {
    await system.stop();
  }
}

function isRead({ operation, status }: Arrival): boolean {
  return READS.includes(operation) && status < 300;
}

/** As many invoices and payments again, to the same customers. */
function* later({ invoices, payments, customers }: Parameters<typeof companyWithRecords>[2]): Generator<string> {
  for (let n = invoices; n < 2 * invoices; n++) yield JSON.stringify(withServices(invoice(n, customers)));
  for (let n = invoices; n < invoices + payments; n++) yield JSON.stringify(payment(n, customers));
}
