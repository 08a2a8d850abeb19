import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BatchedRecord,
  type BooksSettings,
  type BuildContext,
  buildDocument,
  type CustomerRecord,
  type Document,
  type ExportedItem,
  type InvoiceRecord,
  postedFacts,
} from '@ledgerpost/core';
import { type RowsPayload, saasant, saasantSettings } from '@ledgerpost/saasant-plugin';
import postgres from 'postgres';
import { filesIn } from './on-disk.ts';

/*
 * The least that anything durable has to do: it reads the records, builds the documents with core, copies documents and postings into
 * tables like the engine's in chunked transactions, and writes the same files. No claims, no checks of the whole, no states, no
 * Temporal: after a crash, nobody could tell what it had done.
 * Usage: durable-floor.ts DATABASE_URL COMPANY FOLDER
 */
const [url, company, folder] = process.argv.slice(2) as [string, string, string];
const CHUNK = 1_000;
const IN_FLIGHT = 3;

const sql = postgres(url, { max: IN_FLIGHT + 1 });
await mkdir(folder, { recursive: true });
await sql.unsafe(`create table floor_documents (like batch_documents including all);
  create table floor_postings (like postings including all)`);
const batchId = '01990000-0000-7000-8000-000000000000';
const settings = saasantSettings.parse({ accounts: { income: 'Services' } });
const context = await contextOf();
const { delivery } = saasant;
if (delivery.by !== 'files') throw new Error('The SaasAnt target must deliver files.');
await delivery.render(items(), filesIn(folder), { batch: { id: batchId, name: 'batch' }, currency: 'USD', settings });
await sql.end();
const cpu = process.cpuUsage();
const sha256 = createHash('sha256')
  .update(await readFile(join(folder, '1 Invoice Inserts.xlsx')))
  .digest('hex');
console.log(JSON.stringify({ rows: 0, cpu, sha256 }));

async function* items(): AsyncGenerator<ExportedItem<RowsPayload>> {
  const copies: Promise<void>[] = [];
  let seq = 0;
  const cursor = sql<{ content: InvoiceRecord; contentHash: string }[]>`
    select content, content_hash as "contentHash" from records where company_id = ${company} and type = 'invoice'
    order by content->>'date', content->>'number'`.cursor(CHUNK);
  for await (const page of cursor) {
    const built = page.map(({ content, contentHash }) => {
      const { document } = buildDocument(content as BatchedRecord, 'invoice.insert', context);
      return { seq: ++seq, document, facts: postedFacts(document, contentHash) };
    });
    copies.push(copy(built));
    if (copies.length >= IN_FLIGHT) await copies.shift();
    for (const { seq, document } of built) {
      const payload = saasant.export(document, undefined, settings);
      yield { seq, record: document.record, operation: 'invoice.insert', key: '', payload };
    }
  }
  await Promise.all(copies);
}

async function copy(rows: readonly { seq: number; document: Document; facts: ReturnType<typeof postedFacts> }[]): Promise<void> {
  await sql.begin(async (tx) => {
    await copyIn(
      tx,
      'floor_documents (batch_id, seq, document, facts)',
      rows.map(({ seq, document, facts }) => [batchId, String(seq), JSON.stringify(document), JSON.stringify(facts)]),
    );
    await copyIn(
      tx,
      'floor_postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, posted_by)',
      rows.map(({ seq, document, facts }) => [
        ...[company, 'saasant', document.record.type, document.record.id, 't', facts.kind, facts.number, String(facts.amount)],
        ...[JSON.stringify(facts), batchId, String(seq), 'floor'],
      ]),
    );
  });
}

async function copyIn(tx: postgres.TransactionSql, into: string, rows: readonly (readonly string[])[]): Promise<void> {
  const stream = await tx.unsafe(`copy ${into} from stdin`).writable();
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject).on('finish', () => resolve());
    stream.end(rows.map((row) => `${row.map(escaped).join('\t')}\n`).join(''));
  });
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
}

async function contextOf(): Promise<BuildContext> {
  const rows = await sql<{ id: string; content: CustomerRecord }[]>`
    select id, content from records where company_id = ${company} and type = 'customer'`;
  const customers = new Map(rows.map(({ id, content }) => [id, content]));
  const nothing = () => undefined;
  return {
    company: { id: company, name: company, timeZone: 'America/Los_Angeles', currency: 'USD' },
    settings: settings as BooksSettings,
    delivery: 'files',
    limits: saasant.limits(settings),
    customer: (id) => customers.get(id),
    ...{ department: nothing, service: nothing, job: nothing, invoice: nothing, payment: nothing, posted: nothing },
    refundsOf: () => [],
    inBatch: () => false,
    referenceTaken: () => false,
    shortHash: (text) => createHash('sha256').update(text).digest('hex').slice(0, 8).toUpperCase(),
  };
}
