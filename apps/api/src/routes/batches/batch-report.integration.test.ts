import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { memoryBooks, memoryTarget } from '@ledgerpost/conformance/memory-target';
import { isInstalled } from '@ledgerpost/conformance/other-programs';
import type { Holding } from '@ledgerpost/core';
import { saasant } from '@ledgerpost/saasant-plugin';
import { readWorkbook } from '@ledgerpost/saasant-plugin/testing';
import { beginVerification, endVerification, moveBatch, saveFindings } from '@ledgerpost/store';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMPANY, customer, invoice as invoiceRecord, openTestApi, type TestApi } from '../../testing/open-api.testing.ts';

const run = promisify(execFile);
const office = ['soffice', 'libreoffice'].find(isInstalled);
const absent = 'LibreOffice is not installed (no soffice on the path); openpyxl is asked all the same';
if (office === undefined) console.info(`Skipped: ${absent}.`);

let api: TestApi;
let company: string;
let at: string;
let n = 0;
beforeAll(async () => {
  api = await openTestApi({ targets: [saasant, memoryTarget(memoryBooks())] });
});
beforeEach(async () => {
  company = `company-${++n}`;
  at = `/v1/companies/${company}`;
  await api.ask(api.admin, 'PUT', at, COMPANY);
});
afterAll(() => api.close());

const line = (amount: number, account = 'Services', more: object = {}) => ({ item: { name: 'x', account }, amount, ...more });
const field = { department: { id: 'd-1', name: '=Field & Co' } };
/** One of each kind: 189.00 + 18.66 of tax, 10.10; 20.00 credited with 1.00 of tax; 150.25 received; 15.00 refunded. */
const DOCUMENTS = [
  {
    kind: 'invoice',
    operation: 'invoice.insert',
    number: '1',
    lines: [line(20_000, 'Services', { class: 'HVAC' }), line(-1_100, 'Discounts')],
    tax: { name: 'San Mateo', code: 'California', amount: 1_866 },
    total: 20_766,
    ...field,
  },
  { kind: 'invoice', operation: 'invoice.update', number: '2', lines: [line(1_010)], total: 1_010 },
  {
    kind: 'creditMemo',
    operation: 'creditMemo.insert',
    number: 'CM-1',
    lines: [line(1_900, 'Services', { class: 'HVAC' })],
    tax: { name: 'Elsewhere', amount: 100 },
    total: 2_000,
    ...field,
  },
  { kind: 'payment', operation: 'payment.insert', number: 'P-1', amount: 15_025, depositTo: 'Checking' },
  {
    kind: 'journal',
    operation: 'journal.insert',
    number: 'J-1',
    total: 1_500,
    lines: [
      { account: 'A/R', side: 'debit', amount: 1_500, class: 'HVAC' },
      { account: 'Checking', side: 'credit', amount: 1_500, class: 'HVAC' },
    ],
  },
] as const;

/** A batch of the documents, as a worker leaves it. */
async function posted(target: string, documents: readonly object[] = DOCUMENTS): Promise<string> {
  const { sql } = api.store;
  await api.ask(api.admin, 'PUT', `${at}/targets/${target}`, { accounts: { income: 'Services', receivable: 'A/R' } });
  await api.stream(api.admin, company, [customer(), invoiceRecord('i-1')]);
  const { id } = (await api.ask(api.admin, 'POST', `${at}/targets/${target}/batches`, { name: 'Week 40' })).body.batch;
  const rows = documents.map((document, index) => {
    const { kind, operation, number, total, amount } = document as {
      kind: string;
      operation: string;
      number: string;
      total?: number;
      amount?: number;
    };
    const type = kind === 'journal' ? 'refund' : kind;
    const whole = { date: '2026-10-03', currency: 'USD', customer: { id: 'c-1', name: 'Amy c-1' }, refNo: number, ...document };
    return { seq: index + 1, kind, operation, number, type, amount: total ?? amount!, document: whole };
  });
  await sql`
    with rows as materialized (select * from jsonb_to_recordset(${sql.json(rows as never)})
      as r (seq int, kind text, operation text, number text, type text, amount bigint, document jsonb)
    ), items as (
      insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number, amount, content_hash)
      select ${id}, seq, ${company}, ${target}, type, number, operation, kind, 0, 'posted', false, number, amount, '' from rows
    ), documents as (
      insert into batch_documents (batch_id, seq, document, facts) select ${id}, seq, document, '{}' from rows
    )
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, posted_by)
    select ${company}, ${target}, type, number, true, kind, number, amount, '{}', ${id}, seq, 'a test' from rows`;
  return id;
}

async function end(batchId: string): Promise<void> {
  for (const to of ['validating', 'exporting', 'pushing', 'recording', 'posted'] as const)
    await api.store.sql.begin((sql) => moveBatch(sql, { batchId, to }));
}

async function verified(batchId: string, findings: Parameters<typeof saveFindings>[3]): Promise<void> {
  await api.store.sql.begin((sql) => beginVerification(sql, { companyId: company, batchId, actor: 'vera' }));
  await saveFindings(api.store.sql, batchId, 1, findings);
  await endVerification(api.store.sql, { batchId, run: 1 });
}

const report = (id: string) => api.ask(api.admin, 'GET', `${at}/batches/${id}/report`);
async function workbook(id: string): Promise<Buffer> {
  const { statusCode, rawPayload } = await api.app.inject({
    method: 'GET',
    url: `${at}/batches/${id}/report.xlsx`,
    headers: { authorization: `Bearer ${api.admin}` },
  });
  expect(statusCode).toBe(200);
  return rawPayload;
}

const problem = {
  code: 'changed-there',
  severity: 'problem',
  record: { type: 'invoice', id: '1' },
  message: 'Pat changed the total.',
} as const;
const SAME = { status: 'same' as const };

it('a document is shown as it was sent, and an update beside the document that it replaced', async () => {
  const first = await posted('memory', [DOCUMENTS[0]]);
  await end(first);
  const later = { ...DOCUMENTS[0], operation: 'invoice.update', total: 20_000 };
  const { sql } = api.store;
  const [former] = await sql`update postings set standing = false where batch_id = ${first} returning id`;
  await sql`
    insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number, amount, content_hash)
    values (${first}, 2, ${company}, 'memory', 'invoice', '1', 'invoice.update', 'invoice', 0, 'posted', false, '1', 20000, '')`;
  await sql`insert into batch_documents (batch_id, seq, document, facts) values (${first}, 2, ${sql.json({ ...later, currency: 'USD', date: '2026-10-04' } as never)}, '{}')`;
  await sql`
    insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, posted_by, supersedes)
    values (${company}, 'memory', 'invoice', '1', true, 'invoice', '1', 20000, '{}', ${first}, 2, 'a test', ${former!.id})`;
  const one = (await api.ask(api.admin, 'GET', `${at}/batches/${first}/items/1`)).body;
  expect(one).toMatchObject({ document: { total: 20_766, lines: [{ class: 'HVAC' }, { amount: -1_100 }] }, former: null });
  const two = (await api.ask(api.admin, 'GET', `${at}/batches/${first}/items/2`)).body;
  expect(two).toMatchObject({ document: { total: 20_000, date: '2026-10-04' }, former: { total: 20_766, date: '2026-10-03' } });
});

describe('the report of a batch', () => {
  it('sums up what is posted, and calls the books’ side unknown until a verification, with the way to start one', async () => {
    const id = await posted('memory');
    await end(id);
    const { body } = await report(id);
    expect(body.batch).toMatchObject({ name: 'Week 40', state: 'posted', targetName: 'Books in memory' });
    expect(body.books).toMatchObject({ by: 'target', verification: null, looked: 0 });
    expect(body.books.how).toContain('Verify the batch');
    expect(
      body.operations.map((row: { operation: string; ours: object; books: null }) => [row.operation, row.ours, row.books]),
    ).toEqual([
      ['creditMemo.insert', { documents: 1, amount: 2_000 }, null],
      ['invoice.insert', { documents: 1, amount: 20_766 }, null],
      ['invoice.update', { documents: 1, amount: 1_010 }, null],
      ['journal.insert', { documents: 1, amount: 1_500 }, null],
      ['payment.insert', { documents: 1, amount: 15_025 }, null],
    ]);
    expect(told(body.accounts, 'role', 'account', 'class')).toEqual({
      'deposit/Checking/': 15_025,
      'income/Discounts/': 1_100,
      'income/Services/HVAC': -18_100,
      'income/Services/': -1_010,
      'receivable//': 20_766 + 1_010 - 2_000 - 15_025 + 1_500,
      'refund/Checking/HVAC': -1_500,
      'tax//': -1_766,
    });
    expect(told(body.classes, 'class')).toEqual({ HVAC: 18_100, '': -90 });
    expect(told(body.departments, 'department', 'kind')).toEqual({
      '=Field & Co/creditMemo': 2_000,
      '=Field & Co/invoice': 20_766,
      '/invoice': 1_010,
      '/journal': 1_500,
      '/payment': 15_025,
    });
    expect(told(body.taxes, 'code')).toEqual({ California: 1_866, '': -100 });
    expect(told(body.deposits, 'account')).toEqual({ Checking: 15_025 });
  });

  it('never guesses: where the books reported a total alone, their accounts stay unknown, and the document is compared with nothing', async () => {
    const another = { kind: 'invoice', operation: 'invoice.insert', number: '6', lines: [line(333, 'Parts')], total: 333 };
    const id = await posted('memory', [...DOCUMENTS, another]);
    await end(id);
    await verified(id, [
      { seq: 1, status: 'changed', problem, total: 20_000 },
      { seq: 2, ...SAME, total: 1_010 },
      { seq: 3, status: 'gone', problem },
      // Nothing was said of 4 and 6; 5 is as it was posted, but to what total nobody told.
      { seq: 5, ...SAME },
    ]);
    const { body } = await report(id);
    expect(body.books).toMatchObject({ looked: 4, linesTold: 2, verification: { run: 1, state: 'done', startedBy: 'vera' } });
    const kinds = Object.fromEntries(
      body.operations.map((row: { operation: string; books: object }) => [row.operation, row.books]),
    );
    expect(kinds).toEqual({
      'invoice.insert': { documents: 1, amount: 20_000, of: { documents: 1, amount: 20_766 }, difference: -766 },
      'invoice.update': { documents: 1, amount: 1_010, of: { documents: 1, amount: 1_010 }, difference: 0 },
      'creditMemo.insert': { documents: 0, amount: 0, of: { documents: 1, amount: 2_000 }, difference: -2_000 },
      'payment.insert': null,
      'journal.insert': null,
    });
    const accounts = Object.fromEntries(
      body.accounts.map((row: Record<string, unknown>) => [`${row.role}/${row.account}/${row.class}`, row.books]),
    );
    expect(body.operations.find((row: { operation: string }) => row.operation === 'invoice.insert').ours).toEqual({
      documents: 2,
      amount: 21_099,
    });
    expect(accounts['income/Discounts/null']).toBeNull();
    expect(accounts['deposit/Checking/null']).toBeNull();
    expect(accounts['income/Services/null']).toMatchObject({ amount: -1_010, difference: 0 });
    // Of the two on this line only the memo is known: it is gone.
    expect(accounts['income/Services/HVAC']).toEqual({
      documents: 0,
      amount: 0,
      of: { documents: 1, amount: 1_900 },
      difference: -1_900,
    });
    expect(body.differing).toMatchObject({
      count: 2,
      rows: [
        { number: '1', booksTotal: 20_000 },
        { number: 'CM-1', booksTotal: 0 },
      ],
    });
  });

  it('counts a kept change as the books’ content: “the same” then means the same as theirs', async () => {
    const id = await posted('memory');
    await end(id);
    await api.store.sql`update batch_items set target_total = amount where batch_id = ${id}`;
    await verified(id, [
      { seq: 1, ...SAME },
      { seq: 2, ...SAME },
    ]);
    const known = async () =>
      (await report(id)).body.operations.flatMap((row: { operation: string; books: object | null }) =>
        row.books === null ? [] : [row.operation],
      );
    expect([await known(), (await report(id)).body.books.linesTold]).toEqual([['invoice.insert', 'invoice.update'], 2]);
    await api.store.sql`update postings set facts = '{"theirs": true}' where batch_id = ${id} and seq = 2`;
    expect([await known(), (await report(id)).body.books.linesTold]).toEqual([['invoice.insert'], 1]);
    const sheets = await readWorkbook(await workbook(id));
    expect(
      sheets
        .get('Items')!
        .rows.slice(1, 3)
        .map((row) => row[10]),
    ).toEqual(['207.66', 'unknown']);
  });

  it('uses the books’ own lines where they are reported, on whatever account they are', async () => {
    const id = await posted('memory');
    await end(id);
    const holds: Holding = {
      taxCode: 'Tucson',
      entries: [
        { role: 'receivable', account: null, class: null, amount: 20_000 as never },
        { role: 'income', account: 'Parts', class: null, amount: -19_000 as never },
        { role: 'tax', account: null, class: null, amount: -1_000 as never },
      ],
    };
    await verified(id, [{ seq: 1, status: 'changed', problem, total: 20_000, holds }]);
    const { body } = await report(id);
    const of = (rows: Record<string, unknown>[], key: string) =>
      Object.fromEntries(rows.map((row) => [String(row[key]), (row.books as { difference: number } | null)?.difference]));
    expect(of(body.taxes, 'code')).toEqual({ California: -1_866, Tucson: 1_000, null: undefined });
    expect(of(body.classes, 'class')).toEqual({ HVAC: -20_000, null: 19_000 + 1_100 });
    expect(body.accounts.find((row: { account: string }) => row.account === 'Parts')).toMatchObject({
      ours: { documents: 0, amount: 0 },
      books: { documents: 1, amount: -19_000, of: { documents: 0, amount: 0 }, difference: -19_000 },
    });
  });

  it('is available once the batch has ended, to every role that may read', async () => {
    const id = await posted('memory');
    expect(await report(id)).toMatchObject({ status: 409, body: { code: 'illegal-move' } });
    await end(id);
    const url = `${at}/batches/${id}/report`;
    expect((await api.ask(await api.key(company, 'viewer'), 'GET', url)).status).toBe(200);
    expect((await api.ask(await api.key(company, 'source'), 'GET', url)).status).toBe(403);
    expect((await api.ask(await api.key('company-1', 'viewer'), 'GET', url)).status).toBe(company === 'company-1' ? 200 : 404);
    await api.store.sql.begin((sql) => beginVerification(sql, { companyId: company, batchId: id, actor: 'vera' }));
    expect((await report(id)).body.books.verification.state).toBe('running');
    expect(await api.ask(api.admin, 'GET', `${url}.xlsx`)).toMatchObject({ status: 409, body: { code: 'verification-open' } });
  });
});

describe('the workbook of a report', () => {
  it('is read by openpyxl: every sum is the batch’s, every document is in it, and the same report has the same bytes', async () => {
    const id = await posted('memory');
    await end(id);
    await verified(id, [
      { seq: 1, status: 'changed', problem, total: 20_000 },
      ...[2, 4].map((seq) => ({ seq, ...SAME, total: seq === 2 ? 1_010 : 15_025 })),
    ]);
    const bytes = await workbook(id);
    expect(await workbook(id)).toEqual(bytes);
    // The first entry's time and day: the year 2000 begins.
    expect([bytes.readUInt16LE(10), bytes.readUInt16LE(12)]).toEqual([0, ((2000 - 1980) << 9) | (1 << 5) | 1]);
    const sheets = await readWorkbook(bytes);
    expect([...sheets.keys()]).toEqual([
      'Summary',
      'By account and class',
      'By class',
      'By department',
      'Tax',
      'Deposits',
      'Items',
    ]);
    for (const [name, { frozen, formats }] of sheets) {
      expect([name, frozen]).toEqual([name, 'A2']);
      expect(formats).toContain('"$"#,##0.00;[Red]-"$"#,##0.00');
    }
    const rows = (name: string) => sheets.get(name)!.rows;
    // Excel reckons anew what is a formula: it has to come to what is written beside it.
    for (const { rows: all, formulas } of sheets.values()) {
      const total = all.find(([first]) => first === 'Total');
      for (const formula of formulas) {
        const [, column, from, to] = /^=SUM\(([A-Z])(\d+):[A-Z](\d+)\)$/.exec(formula)!;
        const at = column!.charCodeAt(0) - 65;
        const sum = all.slice(Number(from) - 1, Number(to)).reduce((sofar, row) => sofar + (cents(row)[at] as number), 0);
        expect([formula, sum]).toEqual([formula, cents(total!)[at]]);
      }
    }
    expect(sheets.get('Deposits')!.formulas).toHaveLength(4);
    const totalOf = (name: string) => cents(rows(name).find(([first]) => first === 'Total')!);
    expect(totalOf('Summary')[2]).toBe(40_301);
    expect(totalOf('By department')[3]).toBe(40_301);
    expect(totalOf('By account and class')[4]).toBe(0);
    expect(totalOf('By class')[2]).toBe(18_010);
    expect(totalOf('Tax')[2]).toBe(1_766);
    expect(totalOf('Deposits').slice(1, 8)).toEqual([null, 15_025, null, 15_025, null, 15_025, 0]);
    // What is not known is said so, and makes no sum.
    expect(
      rows('Summary')
        .find(([first]) => first === 'Credit memo')!
        .slice(1),
    ).toEqual([1, 20, 0, 0, 'unknown', 'unknown', 'unknown']);
    expect(
      rows('Summary')
        .find(([first]) => first === 'Total')!
        .slice(6),
    ).toEqual(['unknown', 'unknown']);
    const items = rows('Items').slice(1);
    expect(items.map((row) => cents(row)[8])).toEqual([20_766, 1_010, 2_000, 15_025, 1_500]);
    expect(items[0]).toEqual([
      1,
      'New invoice',
      '1',
      '2026-10-03',
      'Amy c-1',
      null,
      '=Field & Co',
      'posted',
      '207.66',
      'changed',
      200,
      '-7.66',
      'Pat changed the total.',
    ]);
    expect(items[2]!.slice(9)).toEqual(['not checked', 'unknown', 'unknown', null]);
  });

  it('has a column to fill in where only a person can read the books, and names the person who confirmed the files', async () => {
    const id = await posted('saasant');
    await end(id);
    await api.ask(api.admin, 'POST', `${at}/batches/${id}/confirm`);
    const { body } = await report(id);
    expect(body.books).toMatchObject({
      by: 'hand',
      verification: null,
      how: saasant.readback.by === 'hand' ? saasant.readback.instructions : '',
    });
    const sheets = await readWorkbook(await workbook(id));
    const summary = sheets.get('Summary')!;
    expect(summary.rows.find(([first]) => first === 'Confirmed as loaded')![1]).toMatch(/^\d{4}-.* by admin/);
    const deposits = sheets.get('Deposits')!;
    expect(deposits.rows[0]).toEqual(['Deposit account', 'Documents, ours', 'Ours', 'In the books (fill in)', 'Difference']);
    expect(deposits.rows[1]!.slice(0, 4)).toEqual(['Checking', 1, '150.25', null]);
    expect(deposits.formulas).toContain('=IF(ISBLANK(D2),"",D2-C2)');
  });

  it.skipIf(office === undefined)(
    `is opened by LibreOffice, which computes the same sums${office === undefined ? ` (skipped: ${absent})` : ''}`,
    async () => {
      const id = await posted('memory');
      await end(id);
      const sheets = await asCsv(await workbook(id));
      expect(Object.keys(sheets).sort()).toEqual([
        'By account and class',
        'By class',
        'By department',
        'Deposits',
        'Items',
        'Summary',
        'Tax',
      ]);
      expect(sheets.Summary).toMatch(/^"Total",,"403\.01",/m);
      expect(sheets['By account and class']).toMatch(/^"Total",,,,"0",/m);
      expect(sheets['By department']).toContain('"=Field & Co","Invoices","1","207.66"');
    },
    120_000,
  );

  it('is made of 100,000 documents in memory that does not grow with them', async () => {
    const { sql } = api.store;
    const id = await posted('memory', []);
    const count = 100_000;
    await sql`insert into batch_items (batch_id, seq, company_id, target, type, record_id, operation, kind, stage, state, claimed, number, amount, content_hash)
      select ${id}, n, ${company}, 'memory', 'invoice', 'i-' || n, 'invoice.insert', 'invoice', 0, 'posted', false, 'N-' || n, 10766, '' from generate_series(1, ${count}::int) n`;
    await sql`insert into batch_documents (batch_id, seq, document, facts)
      select ${id}, n, jsonb_build_object('kind', 'invoice', 'date', '2026-10-03', 'total', 10766, 'customer', jsonb_build_object('name', 'Customer ' || n % 997),
        'department', jsonb_build_object('id', 'd', 'name', 'Department ' || n % 7), 'tax', jsonb_build_object('code', 'California', 'amount', 766),
        'lines', jsonb_build_array(
          jsonb_build_object('item', jsonb_build_object('name', 'x', 'account', 'Services'), 'class', 'Class ' || n % 11, 'amount', 9000, 'description', repeat('text ', 20)),
          jsonb_build_object('item', jsonb_build_object('name', 'y', 'account', 'Parts'), 'class', 'HVAC', 'amount', 1000, 'description', repeat('text ', 20)))), '{}'
      from generate_series(1, ${count}::int) n`;
    await sql`insert into postings (company_id, target, type, record_id, standing, kind, number, amount, facts, batch_id, seq, posted_by)
      select ${company}, 'memory', 'invoice', 'i-' || n, true, 'invoice', 'N-' || n, 10766, '{}', ${id}, n, 'a test' from generate_series(1, ${count}::int) n`;
    await end(id);
    await api.store.sql.begin((begun) => beginVerification(begun, { companyId: company, batchId: id, actor: 'vera' }));
    await sql`insert into batch_findings (batch_id, run, seq, status, total) select ${id}, 1, n, 'same', 10766 from generate_series(1, ${count}::int) n`;
    await endVerification(sql, { batchId: id, run: 1 });
    await sql`analyze batch_items, batch_documents, batch_findings, postings`;
    const started = performance.now();
    const { body } = await report(id);
    const reported = performance.now();
    expect(body.operations).toMatchObject([
      { ours: { documents: count, amount: 10_766 * count }, books: { documents: count, difference: 0 } },
    ]);
    expect(body.classes).toHaveLength(12);
    let most = 0;
    const before = process.memoryUsage().rss;
    const watch = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss - before);
    }, 20);
    const bytes = await workbook(id);
    clearInterval(watch);
    console.info(
      `A report of ${count} documents: ${Math.round(reported - started)} ms; its workbook of ${Math.round(bytes.length / 1e6)} MB: ${Math.round(performance.now() - reported)} ms and ${Math.round(most / 1e6)} MB of memory more.`,
    );
    expect(most).toBeLessThan(300e6);
  }, 300_000);
});

function told(rows: readonly Record<string, unknown>[], ...keys: string[]): Record<string, number> {
  return Object.fromEntries(
    rows.map((row) => [keys.map((key) => row[key] ?? '').join('/'), (row.ours as { amount: number }).amount]),
  );
}

/** Decimal amounts in minor units, the rest as it is. */
function cents(row: readonly unknown[]): unknown[] {
  return row.map((cell) => (cell === null || Number.isNaN(Number(cell)) ? cell : Math.round(Number(cell) * 100)));
}

/** Every sheet as LibreOffice reads and recalculates it, by name. */
async function asCsv(xlsx: Uint8Array): Promise<Record<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerpost-office-'));
  try {
    await writeFile(join(folder, 'file.xlsx'), xlsx);
    await run(office!, [
      `-env:UserInstallation=file://${join(folder, 'profile')}`,
      '--headless',
      '--convert-to',
      'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,false,false,false,false,-1',
      '--outdir',
      folder,
      join(folder, 'file.xlsx'),
    ]);
    const files = (await readdir(folder)).filter((name) => name.endsWith('.csv'));
    return Object.fromEntries(
      await Promise.all(
        files.map(async (name) => [name.slice('file-'.length, -'.csv'.length), await readFile(join(folder, name), 'utf8')]),
      ),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}
