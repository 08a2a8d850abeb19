import { arrivalsOf, companyWithRecords, postBatch, throttled, withLimits } from '@ledgerpost/e2e/quickbooks-books';
import { AS_SHIPPED, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, seconds, timed } from '../figures/measure.ts';
import { fillOf } from '../figures/windows.ts';

const COMPANIES = ['first', 'second', 'third'];
const BATCHES_PER_MINUTE = 40;

/** Three companies at once on two workers, against QuickBooks' limits: how full its windows are, and whether one exceeds them. */
export async function limiter(scale: number, print: (line: string) => void): Promise<Measured> {
  const sizes = { invoices: Math.round(3_600 * scale), payments: Math.round(2_700 * scale), customers: 300 };
  const system = await startSystem(AS_SHIPPED, { simulator: {} });
  try {
    await system.startApi();
    await system.startWorker();
    await system.startWorker();
    const realms: string[] = [];
    for (const id of COMPANIES) realms.push(await companyWithRecords(system, id, sizes, 1));
    print(`  ${COMPANIES.length} companies with ${sizes.invoices} invoices and ${sizes.payments} payments each`);
    await withLimits(system, 150);
    const ms = await timed(() => Promise.all(COMPANIES.map((id) => postBatch(system, id))));
    const fills = [];
    let tooMany = 0;
    for (const [at, realm] of realms.entries()) {
      const arrivals = await arrivalsOf(system, realm);
      tooMany += arrivals.filter(throttled).length;
      const batches = arrivals.filter((one) => one.operation === 'batch' && !throttled(one)).map((one) => one.at);
      const fill = fillOf(batches, BATCHES_PER_MINUTE);
      print(
        `  ${COMPANIES[at]}: ${batches.length} batch calls, ${arrivals.length} in all; windows at least ${share(fill.least)}, ${share(fill.mean)} in the mean, at most ${fill.most} calls`,
      );
      fills.push(fill);
    }
    if (tooMany > 0) throw new Error(`The simulator answered “too many” ${tooMany} times.`);
    const least = Math.min(...fills.map((fill) => fill.least));
    return {
      what: `the ${BATCHES_PER_MINUTE} batch calls that QuickBooks accepts in a minute, three companies at once on two workers`,
      against: 'the emptiest minute after the first, of all three',
      ratio: 1 / least,
      atMost: 1 / 0.95,
      figures: [
        `at least ${fills.map((fill) => share(fill.least)).join(', ')}`,
        `on average ${fills.map((fill) => share(fill.mean)).join(', ')}`,
        `no call exceeded the limit (at most ${Math.max(...fills.map(({ most }) => most))} in a minute)`,
        seconds(ms),
      ],
    };
  } finally {
    await system.stop();
  }
}

const share = (one: number): string => `${(Math.round(one * 1_000) / 10).toLocaleString('en')} %`;
