import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { stream } from '@ledgerpost/e2e/stream-records';
import { AS_SHIPPED, type System, startSystem } from '@ledgerpost/e2e/system';
import { parse } from 'csv-parse';
import { type Measured, median, peakMegabytes, processorSeconds, seconds, timed } from '../figures/measure.ts';

const CUSTOMERS = 2_000;
const TURNS = 3;

interface AnImport {
  readonly state: string;
  readonly digest: string | null;
  readonly report: { readonly types: { readonly invoice?: { readonly new: { readonly records: number } } } } | null;
  readonly reason: { readonly message: string } | null;
}

/**
 * An import of one-row invoices: its check against csv-parse alone, its apply against the same records as NDJSON, and the worker's
 * memory at ten times as many. No target is enabled, so a check ends with its counts. Times need a machine that does nothing else;
 * the processor times beside them do not.
 */
export async function importFiles(scale: number, print: (line: string) => void): Promise<Measured[]> {
  const count = Math.round(100_000 * scale);
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-bench-'));
  try {
    const small = join(folder, 'small.csv');
    const large = join(folder, 'large.csv');
    await writeInvoices(small, count);
    await writeInvoices(large, count * 10);
    const parses: number[] = [];
    const before = process.cpuUsage();
    for (let turn = 0; turn < TURNS; turn += 1) parses.push(await timed(() => parseAlone(small)));
    const { user, system: kernel } = process.cpuUsage(before);
    const parsed = (user + kernel) / 1e6 / TURNS;
    const plain = median(parses);
    print(`  csv-parse over ${count.toLocaleString('en')} rows: ${seconds(plain)}, ${parsed.toFixed(2)} processor seconds`);

    const system = await startSystem(AS_SHIPPED);
    try {
      await system.startApi();
      const worker = await system.startWorker();
      for (const company of ['warm', 'files', 'few', 'large', 'stream'])
        await system.call('PUT', `/v1/companies/${company}`, { name: company, timeZone: 'UTC', currency: 'USD' });
      // The first import of a process compiles what the others use.
      await checked(system, 'warm', await uploaded(system, 'warm', small), count);
      const checks: number[] = [];
      let id = '';
      const used = processorSeconds(worker.pid);
      for (let turn = 0; turn < TURNS; turn += 1) {
        if (id !== '') await system.call('DELETE', `/v1/companies/files/imports/${id}`);
        id = await uploaded(system, 'files', small);
        checks.push(await timed(() => checked(system, 'files', id, count)));
      }
      const check = median(checks);
      const spent = (processorSeconds(worker.pid) - used) / TURNS;
      print(`  check: ${seconds(check)}, ${spent.toFixed(2)} processor seconds of the worker`);
      const apply = await timed(() => applied(system, 'files', id));
      print(`  apply: ${seconds(apply)}`);
      const sent = await timed(() => stream(system, 'stream', asRecords(count)));
      print(`  the same records as NDJSON: ${seconds(sent)}`);
      // A peak is never taken back, and that of an apply would hide the check's.
      await worker.stop();
      const other = await system.startWorker();
      const idle = peakMegabytes(other.pid);
      await checked(system, 'few', await uploaded(system, 'few', small), count);
      const few = peakMegabytes(other.pid);
      const another = await uploaded(system, 'large', large);
      const long = await timed(() => checked(system, 'large', another, count * 10));
      const peak = peakMegabytes(other.pid);
      print(`  check of ${(count * 10).toLocaleString('en')} rows: ${seconds(long)}, worker at most ${peak} MB`);
      const rows = `${count.toLocaleString('en')} one-row invoices from a CSV file`;
      return [
        {
          what: `check of ${rows}, up to the counts: median of ${TURNS}`,
          against: 'csv-parse alone over the same file',
          ratio: check / plain,
          atMost: 3,
          figures: [
            `check ${seconds(check)} and ${spent.toFixed(2)} processor seconds of the worker`,
            `csv-parse ${seconds(plain)} and ${parsed.toFixed(2)}`,
          ],
        },
        {
          what: `apply of ${rows}`,
          against: 'the same records over the API as NDJSON',
          ratio: apply / sent,
          atMost: 1,
          figures: [`apply ${seconds(apply)}`, `NDJSON ${seconds(sent)}`],
        },
        {
          what: `worker memory while ${(count * 10).toLocaleString('en')} rows are checked`,
          against: '300 MB',
          ratio: peak / 300,
          atMost: 1,
          figures: [
            `peak ${peak} MB after ${seconds(long)}`,
            `before: ${idle} MB of a worker that has just started, ${few} MB after ${count.toLocaleString('en')} rows`,
          ],
        },
      ];
    } finally {
      await system.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeInvoices(path: string, count: number): Promise<void> {
  const file = await open(path, 'w');
  try {
    let text = 'Invoice Number,Customer,Invoice Date,Due Date,Status,Tax,Tax Name,Total,Notes\n';
    for (let n = 1; n <= count; n += 1) {
      const { customer, day, tax, total } = invoice(n);
      text += `${n},"${customer}",2026-11-${day},2026-12-${day},Sent,${tax},Sales tax,${total},Note ${n}\n`;
      if (text.length < 1_000_000) continue;
      await file.write(text);
      text = '';
    }
    await file.write(text);
  } finally {
    await file.close();
  }
}

function invoice(n: number) {
  const money = (cents: number) => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  const tax = 100 + (n % 900);
  return {
    customer: `Customer ${n % CUSTOMERS}, Inc`,
    day: String(1 + (n % 28)).padStart(2, '0'),
    tax: money(tax),
    subtotal: money(10_000 + (n % 90_000)),
    total: money(10_000 + (n % 90_000) + tax),
  };
}

/** What the import makes of the file, in the order in which it does. */
function* asRecords(count: number): Iterable<string> {
  for (let n = 1; n <= count; n += 1) {
    const { customer, day, tax, subtotal, total } = invoice(n);
    const customerId = `file:customer:${customer}`;
    if (n <= CUSTOMERS) yield JSON.stringify({ type: 'customer', id: customerId, accountingKey: customer, name: customer });
    yield JSON.stringify({
      type: 'invoice',
      id: `file:invoice:${n}`,
      number: String(n),
      customerId,
      status: 'finalized',
      date: `2026-11-${day}`,
      dueDate: `2026-12-${day}`,
      lines: [{ name: 'Services', quantity: '1', unitPrice: subtotal, amount: subtotal }],
      tax: { name: 'Sales tax', amount: tax },
      total,
    });
  }
}

async function parseAlone(path: string): Promise<void> {
  const parser = createReadStream(path).pipe(parse({ relax_column_count: true }));
  parser.on('data', () => {});
  await finished(parser);
}

async function uploaded(system: System, company: string, path: string): Promise<string> {
  const at = `/v1/companies/${company}/imports`;
  const { body } = await system.call<{ id: string }>('POST', at, {});
  const sent = await fetch(`${system.api}${at}/${body.id}/files/invoices.csv`, {
    method: 'PUT',
    headers: { authorization: system.authorization, 'content-type': 'application/octet-stream' },
    body: createReadStream(path),
    duplex: 'half',
  } as unknown as RequestInit);
  if (!sent.ok) throw new Error(`The file was refused: ${(await sent.text()).slice(0, 300)}`);
  return body.id;
}

async function checked(system: System, company: string, id: string, count: number): Promise<void> {
  const at = `/v1/companies/${company}/imports/${id}`;
  await system.call('POST', `${at}:check`, {});
  const now = await left(system, at, 'checking');
  const found = now.report?.types.invoice?.new.records;
  if (found !== count) throw new Error(`The check found ${found} invoices, not ${count}. ${now.reason?.message ?? ''}`);
}

async function applied(system: System, company: string, id: string): Promise<void> {
  const at = `/v1/companies/${company}/imports/${id}`;
  const { body } = await system.call<AnImport>('GET', at);
  await system.call('POST', `${at}:apply`, { digest: body.digest, acknowledge: [] });
  // Asked more often, the API would take a fifth of the processor time that the apply has.
  const now = await left(system, at, 'applying', 100);
  if (now.state !== 'applied') throw new Error(`The import is ${now.state}. ${now.reason?.message ?? ''}`);
}

/** The import once it left the state; asked for again and again. */
async function left(system: System, at: string, state: string, everyMs = 20): Promise<AnImport> {
  for (;;) {
    const { body } = await system.call<AnImport>('GET', at);
    if (body.state !== state) return body;
    await wait(everyMs);
  }
}
