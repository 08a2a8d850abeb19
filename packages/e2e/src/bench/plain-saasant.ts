/// <reference path="../../../saasant-plugin/src/archiver.d.ts" />
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { PROFILES } from '@ledgerpost/saasant-plugin';
import { ZipArchive } from 'archiver';
import ExcelJS from 'exceljs';
import postgres from 'postgres';

/*
 * What somebody would write without an engine: reads the source records, makes the rows of the seven files and writes them
 * and their zip, with the same libraries in their ordinary way. No states, no claims, no checks, nothing to take back.
 * Usage: plain-saasant.ts DATABASE_URL COMPANY FOLDER
 */
const [url, company, folder] = process.argv.slice(2) as [string, string, string];
const FILES = [
  '1 Invoice Inserts',
  '2 Invoice Updates',
  '3 Payment Inserts',
  '4 Payment Updates',
  '5 Journal Inserts',
  '6 Credit Memos',
  '7 Warnings',
];
const headers = PROFILES['quickbooks-online-us'].columns.invoices.map((column) => column.header as string);
const at = new Map(headers.map((header, index) => [header, index]));

interface Invoice {
  number: string;
  customerId: string;
  date: string;
  dueDate: string;
  terms: string;
  lines: { name: string; description: string; quantity: string; unitPrice: string; amount: string }[];
}

const sql = postgres(url, { max: 2 });
const customers = new Map(
  (
    await sql<{ id: string; content: { accountingKey: string; billingAddress: Record<string, string> } }[]>`
    select id, content from records where company_id = ${company} and type = 'customer'`
  ).map((row) => [row.id, row.content]),
);
const american = (date: string) => `${date.slice(5, 7)}/${date.slice(8, 10)}/${date.slice(0, 4)}`;

await mkdir(folder, { recursive: true });
let rows = 0;
for (const name of FILES) {
  const stream = createWriteStream(join(folder, `${name}.xlsx`));
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream, useSharedStrings: false, useStyles: false });
  const sheet = workbook.addWorksheet('Sheet1');
  sheet.addRow(headers).commit();
  if (name.startsWith('1')) {
    const cursor = sql<{ content: Invoice }[]>`
      select content from records where company_id = ${company} and type = 'invoice' order by content->>'date', content->>'number'`.cursor(
      1_000,
    );
    for await (const page of cursor) {
      for (const { content } of page) {
        for (const line of content.lines) {
          sheet.addRow(rowOf(content, line)).commit();
          rows++;
        }
      }
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
await sql.end();
console.log(JSON.stringify({ rows, bytes: (await stat(join(folder, 'batch.zip'))).size, cpu: process.cpuUsage() }));

function rowOf(invoice: Invoice, line: Invoice['lines'][number]): (string | number | undefined)[] {
  const customer = customers.get(invoice.customerId);
  const row: (string | number | undefined)[] = new Array(headers.length);
  const put = (header: string, value: string | number | undefined) => {
    row[at.get(header)!] = value;
  };
  put('Invoice No', invoice.number);
  put('Customer', customer?.accountingKey);
  put('Invoice Date', american(invoice.date));
  put('Due Date', american(invoice.dueDate));
  put('Terms', invoice.terms);
  put('Billing Address Line 1', customer?.billingAddress.line1);
  put('Billing Address City', customer?.billingAddress.city);
  put('Billing Address Postal Code', customer?.billingAddress.postalCode);
  put('Billing Address State', customer?.billingAddress.region);
  put('Memo', `Ledgerpost invoice ${invoice.number}`);
  put('Product/Service', line.name);
  put('Product/Service Description', line.description);
  put('Product/Service Quantity', Number(line.quantity));
  put('Product/Service Rate', Number(line.unitPrice));
  put('Product/Service Amount', Number(line.amount));
  put('Product/Service Taxable', 'FALSE');
  return row;
}
