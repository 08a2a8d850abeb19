/// <reference path="../../../saasant-plugin/src/archiver.d.ts" />
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import type { ExportedItem } from '@ledgerpost/core';
import { type Cells, PROFILES, type RowsPayload, saasant, saasantSettings } from '@ledgerpost/saasant-plugin';
import { ZipArchive } from 'archiver';
import ExcelJS from 'exceljs';
import postgres from 'postgres';
import { filesIn } from './on-disk.ts';

/*
 * What a script without an engine does: reads the source records, makes the rows of the seven files and writes them
 * and their zip to disk. No states, no claims, no checks, no undo.
 * Usage: plain-saasant.ts DATABASE_URL COMPANY FOLDER exceljs|ours
 * The writer: exceljs and archiver in their ordinary way, or the SaasAnt plugin's own on top of them.
 */
const [url, company, folder, writer] = process.argv.slice(2) as [string, string, string, 'exceljs' | 'ours'];
const FILES = [
  '1 Invoice Inserts',
  '2 Invoice Updates',
  '3 Payment Inserts',
  '4 Payment Updates',
  '5 Journal Inserts',
  '6 Credit Memos',
  '7 Warnings',
];
const { columns } = PROFILES['quickbooks-online-us'];

interface Invoice {
  id: string;
  number: string;
  customerId: string;
  date: string;
  dueDate: string;
  terms: string;
  lines: { name: string; description: string; quantity: string; unitPrice: string; amount: string; taxable: boolean }[];
}

interface Customer {
  accountingKey: string;
  billingAddress: { line1: string; city: string; postalCode: string; region: string };
}

const sql = postgres(url, { max: 2 });
await mkdir(folder, { recursive: true });
let rows = 0;
if (writer === 'ours') await writeByPlugin();
else await writeByExceljs();
await sql.end();
const cpu = process.cpuUsage();
const sha256 = createHash('sha256')
  .update(await readFile(join(folder, '1 Invoice Inserts.xlsx')))
  .digest('hex');
console.log(JSON.stringify({ rows, cpu, sha256 }));

async function writeByExceljs(): Promise<void> {
  const headers = columns.invoices.map((column) => column.header as string);
  for (const name of FILES) {
    const stream = createWriteStream(join(folder, `${name}.xlsx`));
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useSharedStrings: false, useStyles: false });
    const sheet = workbook.addWorksheet('Sheet1');
    sheet.addRow(headers).commit();
    if (name.startsWith('1')) {
      for await (const { shared, rows } of payloads()) {
        for (const row of rows)
          sheet.addRow(columns.invoices.map(({ field }) => field && (row[field] ?? shared[field]))).commit();
      }
    }
    sheet.commit();
    await workbook.commit();
    await finished(stream);
  }
  const zip = new ZipArchive({ store: true });
  const out = createWriteStream(join(folder, 'batch.zip'));
  zip.pipe(out);
  for (const name of FILES) zip.append(await readFile(join(folder, `${name}.xlsx`)), { name: `${name}.xlsx`, store: true });
  await zip.finalize();
  await finished(out);
}

async function writeByPlugin(): Promise<void> {
  const { delivery } = saasant;
  if (delivery.by !== 'files') throw new Error('The SaasAnt target must deliver files.');
  const order = { batch: { id: 'plain', name: 'batch' }, currency: 'USD', settings: saasantSettings.parse({}) };
  await delivery.render(exported(), filesIn(folder), order);
}

async function* exported(): AsyncGenerator<ExportedItem<RowsPayload>> {
  let seq = 0;
  for await (const payload of payloads()) {
    seq += 1;
    yield { seq, record: { type: 'invoice', id: String(seq) }, operation: 'invoice.insert', key: '', payload };
  }
}

/** The rows of every invoice, as the engine makes them of these records. */
async function* payloads(): AsyncGenerator<RowsPayload> {
  const customers = new Map(
    (
      await sql<{ id: string; content: Customer }[]>`
        select id, content from records where company_id = ${company} and type = 'customer'`
    ).map((row) => [row.id, row.content]),
  );
  const cursor = sql<{ content: Invoice }[]>`
    select content from records where company_id = ${company} and type = 'invoice' order by content->>'date', content->>'number'`.cursor(
    1_000,
  );
  for await (const page of cursor) {
    for (const { content } of page) {
      rows += content.lines.length;
      yield payloadOf(content, customers.get(content.customerId));
    }
  }
}

function payloadOf(invoice: Invoice, customer?: Customer): RowsPayload {
  const shared = {
    number: invoice.number,
    date: american(invoice.date),
    dueDate: american(invoice.dueDate),
    terms: invoice.terms,
    memo: `Ledgerpost invoice ${invoice.id}`,
    ...(customer && {
      customer: customer.accountingKey,
      billingLine1: customer.billingAddress.line1,
      billingCity: customer.billingAddress.city,
      billingPostalCode: customer.billingAddress.postalCode,
      billingRegion: customer.billingAddress.region,
    }),
  };
  const rows = invoice.lines.map(
    (line): Cells => ({
      item: 'Services',
      description: `${line.name}: ${line.description}`,
      quantity: Number(line.quantity),
      rate: Number(line.unitPrice),
      amount: Number(line.amount),
      taxable: line.taxable,
    }),
  );
  return { shared, rows };
}

function american(date: string): string {
  return `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`;
}
