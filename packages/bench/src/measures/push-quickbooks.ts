import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual, promisify } from 'node:util';
import { qboSimulatorClient } from '@ledgerpost/devstack';
import {
  type Arrival,
  arrivalsOf,
  booksFor,
  companyWithRecords,
  postBatch,
  recordsOf,
  type Sizes,
  throttled,
  withLimits,
} from '@ledgerpost/e2e/quickbooks-books';
import { AS_SHIPPED, type System, startSystem } from '@ledgerpost/e2e/system';
import { type Measured, seconds, timed } from '../figures/measure.ts';

const LATENCY_MS = 150;

/** Invoices and payments to QuickBooks, against the same sent one by one but concurrently by a plain script. */
export async function pushQuickBooks(scale: number, print: (line: string) => void): Promise<Measured> {
  const sizes = { invoices: Math.round(3_000 * scale), payments: Math.round(2_500 * scale), customers: 500 };
  const documents = sizes.invoices + sizes.payments;
  const system = await startSystem(AS_SHIPPED, { simulator: {} });
  try {
    await system.startApi();
    await system.startWorker();
    const ours = await companyWithRecords(system, 'pushed', sizes, 1);
    await withLimits(system, LATENCY_MS);
    const batch = await timed(() => postBatch(system, 'pushed'));
    const calls = await arrivalsOf(system, ours);
    print(`  batch: ${seconds(batch)}, ${inWords(calls)}`);
    const theirs = await booksFor(system, 'plain', sizes.customers);
    await withLimits(system, LATENCY_MS);
    const script = await timed(() => plainRun(system, theirs, sizes));
    const requests = await arrivalsOf(system, theirs);
    print(`  plain script: ${seconds(script)}, ${inWords(requests)}`);
    await compareBooks(system, ours, theirs);
    const perDocument = (all: readonly Arrival[]) => (Math.round((all.length / documents) * 1_000) / 1_000).toLocaleString('en');
    return {
      what: `${sizes.invoices.toLocaleString('en')} invoices and ${sizes.payments.toLocaleString('en')} payments to QuickBooks, from POST to posted`,
      against:
        'node-quickbooks, one by one but concurrently, at the full 500 requests a minute; both books are the same at the end',
      ratio: batch / script,
      atMost: 0.5,
      figures: [
        `engine ${seconds(batch)}, plain ${seconds(script)}: ${(Math.round((script / batch) * 100) / 100).toLocaleString('en')} times as fast`,
        `engine ${perDocument(calls)} calls a document (${inWords(calls)})`,
        `plain ${perDocument(requests)} (${inWords(requests)})`,
      ],
    };
  } finally {
    await system.stop();
  }
}

async function plainRun(system: System, realm: string, sizes: Sizes): Promise<void> {
  const { url } = system.simulator!;
  const { control } = qboSimulatorClient(url);
  const { access_token: token } = await control<{ access_token: string }>('POST', '/grants', { realmId: realm });
  const records = join(system.folder, 'records.ndjson');
  await writeFile(records, [...recordsOf(sizes)].join('\n'));
  const script = fileURLToPath(new URL('../plain/plain-quickbooks.ts', import.meta.url));
  await promisify(execFile)(process.execPath, [script, `${url}/v3/company`, realm, token, records]);
}

/** Received requests by kind: `184 batch, 200 query`. */
function inWords(arrivals: readonly Arrival[]): string {
  const counts = new Map<string, number>();
  for (const one of arrivals) {
    const kind = throttled(one) ? 'throttled' : one.operation;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${count.toLocaleString('en')} ${kind}`).join(', ');
}

interface Row {
  readonly Id: string;
  readonly DocNumber?: string;
  readonly PaymentRefNum?: string;
  readonly [member: string]: unknown;
}

/** @throws Error if the two books hold different documents */
async function compareBooks(system: System, ours: string, theirs: string): Promise<void> {
  const [a, b] = [await contentsOf(system, ours), await contentsOf(system, theirs)];
  const numbers = new Set([...a.keys(), ...b.keys()]);
  const other = [...numbers].find((number) => !isDeepStrictEqual(a.get(number), b.get(number)));
  if (other === undefined) return;
  const [one, two] = [a, b].map((books) => JSON.stringify(books.get(other) ?? null));
  throw new Error(`The plain script sent something else for ${other}:\n${one}\n${two}`);
}

/** Invoices and payments by number, also where they refer to each other: their ids depend on the order of sending. */
async function contentsOf(system: System, realm: string): Promise<ReadonlyMap<string, unknown>> {
  const { records } = qboSimulatorClient(system.simulator!.url);
  const [invoices, payments] = [await records<Row>(realm, 'Invoice'), await records<Row>(realm, 'Payment')];
  const named = (kind: string, rows: readonly Row[]) =>
    rows.map((row): [string, Row] => [`${kind} ${row.DocNumber ?? row.PaymentRefNum}`, row]);
  const all = [...named('Invoice', invoices), ...named('Payment', payments)];
  const names = new Map(all.map(([name, { Id }]) => [`${name.split(' ')[0]} ${Id}`, name]));
  return new Map(
    all.map(([name, { Id, MetaData, SyncToken, ...rest }]) => {
      const text = JSON.stringify(rest, (member, value) => {
        if (member === 'LineEx') return undefined;
        return value?.TxnType === undefined ? value : names.get(`${value.TxnType} ${value.TxnId}`);
      });
      return [name, JSON.parse(text)];
    }),
  );
}
