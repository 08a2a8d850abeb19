import { AS_SHIPPED, type System, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, millis, percentile, seconds, timed } from '../figures/measure.ts';
import { batchAll, companyWith } from './companies.ts';

const CALLERS = 20;

/** The first preview on a fresh database against a batch of the same documents, and many callers at once. */
export async function previews(scale: number, print: (line: string) => void): Promise<Measured[]> {
  const half = Math.round(3_750 * scale);
  const few = Math.max(20, Math.round(750 * scale));
  const system = await startSystem(AS_SHIPPED);
  try {
    await system.startApi();
    await system.startWorker();
    await companyWith(system, 'open', { invoices: half, payments: half });
    const preview = await timed(() => previewOf(system, 'open'));
    const left = await rolledBack(system);
    const batch = await timed(() => batchAll(system, 'open', 'pushing'));
    print(`  preview ${seconds(preview)}, batch up to its push ${seconds(batch)}`);

    const names = Array.from({ length: CALLERS }, (_, n) => `caller-${n}`);
    for (const name of names) await companyWith(system, name, { invoices: few });
    const alone: number[] = [];
    for (let n = 0; n < 5; n++) alone.push(await timed(() => previewOf(system, names[0]!)));
    const health: number[] = [];
    let done = false;
    const watching = (async () => {
      while (!done) health.push(await timed(() => system.call('GET', '/health/ready')));
    })();
    const each = await Promise.all(names.map((name) => timed(() => previewOf(system, name))));
    done = true;
    await watching;
    print(`  ${CALLERS} callers: p99 ${seconds(percentile(each, 0.99))}, one ${seconds(percentile(alone, 0.5))}`);
    return [
      {
        what: `preview of ${(2 * half).toLocaleString('en')} open documents, first call on a fresh database`,
        against: 'the same documents as a batch, from POST up to its push',
        ratio: preview / batch,
        atMost: 0.8,
        figures: [
          `${seconds(preview)} against ${seconds(batch)}`,
          `it left ${left.toFixed(1)} MB of rows that nobody sees, which the next vacuum gives back`,
        ],
      },
      {
        what: `${CALLERS} callers previewing ${few} documents each at once: p99, all answered`,
        against: 'one preview',
        ratio: percentile(each, 0.99) / percentile(alone, 0.5),
        atMost: CALLERS,
        figures: [
          `p99 ${seconds(percentile(each, 0.99))} against ${seconds(percentile(alone, 0.5))}`,
          `the API’s health meanwhile: p99 ${millis(percentile(health, 0.99))} (${health.length} requests)`,
        ],
      },
    ];
  } finally {
    await system.stop();
  }
}

/** The megabytes that a preview's rows take until they are vacuumed: it rolls all of them back. */
async function rolledBack({ sql }: System): Promise<number> {
  const [size] = await sql<[{ bytes: string }]>`
    select sum(pg_total_relation_size(name::regclass)) as bytes from unnest(array['batch_items', 'batch_documents', 'batch_names']) name`;
  return Number(size.bytes) / 1e6;
}

/** @throws Error unless it is answered with a preview */
export async function previewOf(system: System, company: string): Promise<void> {
  const { status, body } = await system.call('POST', `/v1/companies/${company}/targets/saasant/batches:preview`, {});
  if (status !== 200) throw new Error(`The preview of ${company} was answered ${status}: ${JSON.stringify(body).slice(0, 300)}`);
}
