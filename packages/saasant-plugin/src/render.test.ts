import { sampleDocuments } from '@ledgerpost/conformance';
import { type Document, type InvoiceDocument, sum } from '@ledgerpost/core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { PROFILES } from './profiles.ts';
import { saasant } from './saasant.ts';
import { creditMemo, deposit, invoice, journal, money, payment, tuneUp, warning } from './testing/documents.ts';
import { noise } from './testing/noise.ts';
import { readWithOpenpyxl, type SeenSheet } from './testing/openpyxl.ts';
import { renderDocuments, type WrittenFile } from './testing/render-documents.ts';

const NAMES = [
  '1 Invoice Inserts.xlsx',
  '2 Invoice Updates.xlsx',
  '3 Payment Inserts.xlsx',
  '4 Payment Updates.xlsx',
  '5 Journal Inserts.xlsx',
  '6 Credit Memos.xlsx',
  '7 Warnings.xlsx',
];
const zipOf = (files: readonly WrittenFile[]) => files.find((file) => file.download)!.bytes;

/** The data rows as header → value, without empty cells. */
function rowsIn(sheet: SeenSheet) {
  const [headers, ...rows] = sheet.rows;
  return rows.map((row) =>
    Object.fromEntries(headers!.flatMap((header, index) => (row[index] == null ? [] : [[header, row[index]]]))),
  );
}

const columnSum = (sheet: SeenSheet, header: string) =>
  sum(rowsIn(sheet).map((row) => money(Math.round(Number(row[header] ?? 0) * 100))));

describe('real case 06: the fee that a card processor kept', () => {
  const paid: Document = {
    ...payment,
    depositTo: 'Checking',
    fee: { amount: money(145), account: 'Card Fees', number: 'FEE-77' },
  };

  it('is a journal in a file of its own, from the payment’s account to that of the fees', async () => {
    const seen = await readWithOpenpyxl(zipOf(await renderDocuments([paid, journal])));
    expect([...seen.keys()]).toEqual([...NAMES, '8 Card Fees.xlsx']);
    const rows = rowsIn(seen.get('8 Card Fees.xlsx')!);
    expect(rows.map((row) => Object.values(row))).toEqual([
      expect.arrayContaining(['FEE-77', 'Card Fees', 1.45]),
      expect.arrayContaining(['FEE-77', 'Checking', -1.45]),
    ]);
    expect(saasant.undo.by === 'hand' && saasant.undo.instruction(paid)).toContain('Delete journal entry FEE-77');
  }, 300_000);
});

describe('case 74: the golden files, as openpyxl reads them', () => {
  let seen: ReadonlyMap<string, SeenSheet>;
  beforeAll(async () => {
    const update: InvoiceDocument = { ...invoice, operation: 'invoice.update', lines: [tuneUp], total: money(20766) };
    const reallocation: Document = {
      ...deposit,
      operation: 'payment.update',
      applied: [{ invoiceId: 'i-1', invoiceNumber: '10427', amount: money(25000) }],
      unapplied: money(0),
    };
    const documents = [invoice, update, payment, deposit, reallocation, journal, creditMemo, warning];
    seen = await readWithOpenpyxl(zipOf(await renderDocuments(documents)));
  }, 300_000);

  it('seven files, each with one sheet, headers in row 1, no blank row, no merged cell, no formula', () => {
    expect([...seen.keys()]).toEqual(NAMES);
    for (const sheet of seen.values()) {
      expect(sheet).toMatchObject({ merged: [], formulas: 0, blankRows: 0 });
      expect(sheet.sheets).toHaveLength(1);
    }
  });

  it.each([
    ['1 Invoice Inserts.xlsx', 'invoices'],
    ['2 Invoice Updates.xlsx', 'invoices'],
    ['3 Payment Inserts.xlsx', 'payments'],
    ['4 Payment Updates.xlsx', 'payments'],
    ['5 Journal Inserts.xlsx', 'journals'],
    ['6 Credit Memos.xlsx', 'creditMemos'],
    ['7 Warnings.xlsx', 'warnings'],
  ] as const)('%s has the headers of its profile in their order', (name, sheet) => {
    expect(seen.get(name)!.rows[0]).toEqual(PROFILES['quickbooks-online-us'].columns[sheet].map((column) => column.header));
  });

  const head = {
    'Invoice No': '10427',
    Customer: "Amy's Bird Sanctuary",
    'Invoice Date': '10/03/2026',
    'Due Date': '11/02/2026',
    Terms: 'Net 30',
    'Billing Address Line 1': '4581 Finch St.',
    'Billing Address City': 'Bayshore',
    'Billing Address Postal Code': '04326',
    'Billing Address Country': 'US',
    'Billing Address State': 'CA',
    Memo: 'Ledgerpost invoice i-1',
    'Message displayed on invoice': 'Thank you',
    Email: 'birds@example.com',
    'Sales Tax Code': 'CA San Mateo',
    'Custom Field Value (1)': 'J-1042',
  };
  const tuneUpCells = {
    'Product/Service': 'Spring tune-up',
    'Product/Service Description': 'Checked, cleaned',
    'Product/Service Quantity': 1,
    'Product/Service Rate': 189,
    'Product/Service Amount': 189,
    'Product/Service Taxable': true,
    'Product/Service Class': 'HVAC',
  };

  it('invoice inserts', () =>
    expect(rowsIn(seen.get(NAMES[0]!)!)).toEqual([
      { ...head, ...tuneUpCells, 'Sales Tax Amount': 18.66 },
      {
        ...head,
        'Product/Service': 'Promo SPRING10',
        'Product/Service Quantity': 1,
        'Product/Service Rate': -18.9,
        'Product/Service Amount': -18.9,
        'Product/Service Taxable': false,
        'Product/Service Class': 'Marketing',
      },
    ]));

  it('invoice updates', () =>
    expect(rowsIn(seen.get(NAMES[1]!)!)).toEqual([{ ...head, ...tuneUpCells, 'Sales Tax Amount': 18.66 }]));

  const received = {
    'Payment Date': '10/04/2026',
    Customer: "Amy's Bird Sanctuary",
    'Payment method': 'Check',
    'Deposit To Account Name': 'Undeposited Funds',
    'Reference No': '4471',
  };
  it('payment inserts', () =>
    expect(rowsIn(seen.get(NAMES[2]!)!)).toEqual([
      { ...received, 'Ref No': '4471', 'Invoice No': '10427', Amount: 188.76, Memo: 'Ledgerpost payment p-1' },
      { ...received, 'Ref No': '4471', 'Invoice No': '10428', Amount: 50, Memo: 'Ledgerpost payment p-1' },
      { ...received, 'Ref No': '4471', Amount: 11.24, Memo: 'Ledgerpost payment p-1' },
      { ...received, 'Ref No': '4472', Amount: 250, Memo: 'Ledgerpost payment p-2' },
    ]));

  it('payment updates', () =>
    expect(rowsIn(seen.get(NAMES[3]!)!)).toEqual([
      { ...received, 'Ref No': '4472', 'Invoice No': '10427', Amount: 250, Memo: 'Ledgerpost payment p-2' },
    ]));

  it('journal inserts, case 79: they sum to 0.00 per Journal No', () => {
    const sheet = seen.get(NAMES[4]!)!;
    const shared = {
      'Journal No': 'RF-r-1',
      'Journal Date': '10/20/2026',
      Memo: 'Refund of payment 4471: goodwill · Ledgerpost refund r-1',
      Class: 'HVAC',
    };
    expect(rowsIn(sheet)).toEqual([
      { ...shared, Account: 'Accounts Receivable (A/R)', Amount: 50, Name: "Amy's Bird Sanctuary" },
      { ...shared, Account: 'Checking', Amount: -50, Description: 'Check' },
    ]);
    expect(columnSum(sheet, 'Amount')).toBe(0);
  });

  it('credit memos', () =>
    expect(rowsIn(seen.get(NAMES[5]!)!)).toEqual([
      {
        'Credit Memo No': 'CM-7',
        Customer: "Amy's Bird Sanctuary",
        'Credit Memo Date': '10/22/2026',
        Memo: 'Ledgerpost creditMemo m-1',
        'Billing Address Line 1': '4581 Finch St.',
        'Billing Address City': 'Bayshore',
        'Billing Address Postal Code': '04326',
        'Billing Address Country': 'US',
        'Billing Address State': 'CA',
        Email: 'birds@example.com',
        ...tuneUpCells,
        'Product/Service Quantity': 0.5,
        'Product/Service Rate': 40,
        'Product/Service Amount': 20,
      },
    ]));

  it('warnings', () =>
    expect(rowsIn(seen.get(NAMES[6]!)!)).toEqual([
      {
        'Payment No': '4480',
        'Payment Date': '10/05/2026',
        Customer: "Amy's Bird Sanctuary",
        'Payment Method': 'Card',
        Amount: 75,
        'Job No': 'J-9',
        'What to do': 'Apply it manually to the invoice in QuickBooks.',
        Source: 'Ledgerpost payment p-9',
      },
    ]));

  it('dates are text, amounts are numbers, Taxable is true or false', () => {
    const { rows, types } = seen.get(NAMES[0]!)!;
    const typeOf = (header: string) => types[1]![rows[0]!.indexOf(header)];
    expect(['Invoice No', 'Invoice Date', 'Due Date', 'Billing Address Postal Code'].map(typeOf)).toEqual(['s', 's', 's', 's']);
    expect(
      ['Product/Service Quantity', 'Product/Service Rate', 'Product/Service Amount', 'Sales Tax Amount'].map(typeOf),
    ).toEqual(['n', 'n', 'n', 'n']);
    expect(typeOf('Product/Service Taxable')).toBe('b');
  });
});

it('case 75: text stays text, no matter what it begins with or holds', async () => {
  const texts = [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '00123',
    '1e5',
    ' padded ',
    'a,b;"c"',
    'two\nlines',
    "it's 🐦 ü",
    '&amp; <b>',
    '03/04/2026',
    'TRUE',
  ];
  const lines = texts.map((description) => ({ ...tuneUp, description }));
  const seen = await readWithOpenpyxl(zipOf(await renderDocuments([{ ...invoice, lines }])));
  const sheet = seen.get(NAMES[0]!)!;
  const column = sheet.rows[0]!.indexOf('Product/Service Description');
  expect(sheet.rows.slice(1).map((row) => row[column])).toEqual(texts);
  expect(new Set(sheet.types.slice(1).map((row) => row[column]))).toEqual(new Set(['s']));
  expect(sheet.formulas).toBe(0);
}, 300_000);

it('case 75: characters that XML can’t hold are left out, and the file stays readable', async () => {
  const lines = [{ ...tuneUp, description: 'a\u0000b\u001fc\ufffe\ud800d\r\ne' }];
  const seen = await readWithOpenpyxl(zipOf(await renderDocuments([{ ...invoice, lines }])));
  expect(rowsIn(seen.get(NAMES[0]!)!)[0]!['Product/Service Description']).toBe('abcd\ne');
}, 300_000);

it('case 76: files without rows have only their headers', async () => {
  const files = await renderDocuments([]);
  const seen = await readWithOpenpyxl(zipOf(files));
  expect([...seen.keys()]).toEqual(NAMES);
  for (const sheet of seen.values()) expect(sheet.rows).toHaveLength(1);
  expect(files.map((file) => [file.rows, file.documents])).toEqual(files.map(() => [0, 0]));
}, 300_000);

it('case 76: files without rows are left out if the settings want that, and the others keep their names', async () => {
  const files = await renderDocuments([journal], { emptyFiles: 'omit' });
  expect(files.slice(1).map(({ name }) => name)).toEqual([NAMES[4]]);
  expect([...(await readWithOpenpyxl(zipOf(files))).keys()]).toEqual([NAMES[4]]);
  // The zip opens even if there is nothing to load.
  expect([...(await readWithOpenpyxl(zipOf(await renderDocuments([], { emptyFiles: 'omit' })))).keys()]).toEqual([]);
}, 300_000);

it('headers are spelled as in SaasAnt’s templates, with their extra spaces, if the settings want that', async () => {
  const seen = await readWithOpenpyxl(zipOf(await renderDocuments([journal], { headers: 'template' })));
  expect(seen.get(NAMES[4]!)!.rows[0]).toEqual(
    [
      'Journal No',
      'Journal Date',
      'Memo',
      ' Account ',
      ' Amount',
      ' Description',
      'Name',
      'Location',
      'Class ',
      'Currency Code',
      'Exchange Rate',
      'Is Adjustment',
    ], //
  );
  expect(seen.get(NAMES[0]!)!.rows[0]?.[1]).toBe('Customer ');
}, 300_000);

it('case 77: the same batch gives the same bytes, and the files come in the order of their numbers', async () => {
  const documents = sampleDocuments(7);
  const [first, second] = [await renderDocuments(documents), await renderDocuments(documents)];
  expect(first.map((file) => file.name)).toEqual(['demo-1.zip', ...NAMES]);
  for (const [index, file] of first.entries()) expect(file.bytes.equals(second[index]!.bytes), file.name).toBe(true);
});

it('case 77: the clock does not show in the bytes', async () => {
  const at = async (time: string) => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(time) });
    try {
      return await renderDocuments(sampleDocuments(77));
    } finally {
      vi.useRealTimers();
    }
  };
  const [today, tomorrow] = [await at('2026-10-03T23:59:00Z'), await at('2027-03-14T02:30:00Z')];
  for (const [index, file] of today.entries()) expect(file.bytes.equals(tomorrow[index]!.bytes), file.name).toBe(true);
});

it('a file’s facts count its rows and documents, and the zip’s facts count all', async () => {
  const files = await renderDocuments([invoice, payment, deposit, journal]);
  expect(files.map((file) => [file.name, file.rows, file.documents])).toEqual([
    ['demo-1.zip', 8, 4],
    [NAMES[0], 2, 1],
    [NAMES[1], 0, 0],
    [NAMES[2], 4, 2],
    [NAMES[3], 0, 0],
    [NAMES[4], 2, 1],
    [NAMES[5], 0, 0],
    [NAMES[6], 0, 0],
  ]);
});

describe('case 78: a file that would grow too large', () => {
  const many = (count: number) =>
    Array.from(
      { length: count },
      (_, n): InvoiceDocument => ({
        ...invoice,
        number: `N${n}`,
        lines: [0, 1, 2].map((line) => ({ ...tuneUp, description: noise(n * 3 + line, 360) })),
      }),
    );

  it('continues in another file, cut between invoices, and every file stays under the limit', async () => {
    const bounds = { bytes: 500_000, rows: 1_000_000 };
    const files = await renderDocuments(many(2000), {}, bounds);
    const parts = files.filter((file) => file.name.startsWith('1 '));
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.map((file) => file.name).slice(0, 3)).toEqual([
      '1 Invoice Inserts.xlsx',
      '1 Invoice Inserts (2).xlsx',
      '1 Invoice Inserts (3).xlsx',
    ]);
    for (const part of parts) expect(part.bytes.length).toBeLessThanOrEqual(bounds.bytes);
    expect(parts.reduce((total, part) => total + part.documents, 0)).toBe(2000);

    const seen = await readWithOpenpyxl(zipOf(files));
    const numbers = parts.map((part) => new Set(rowsIn(seen.get(part.name)!).map((row) => row['Invoice No'])));
    expect(numbers.reduce((total, own) => total + own.size, 0)).toBe(2000); // no number is in two files
    for (const part of parts) expect(rowsIn(seen.get(part.name)!)).toHaveLength(part.rows);
  }, 300_000);

  it('is cut at the same invoice every time, no matter how slow the sink is', async () => {
    const bounds = { bytes: 500_000, rows: 1_000_000 };
    const quick = await renderDocuments(many(1500), {}, bounds);
    const slow = await renderDocuments(many(1500), {}, bounds, () => new Promise((resolve) => setTimeout(resolve, 15)));
    expect(quick.length).toBeGreaterThan(8);
    expect(slow.map((file) => [file.name, file.documents])).toEqual(quick.map((file) => [file.name, file.documents]));
    expect(zipOf(slow).equals(zipOf(quick))).toBe(true);
  }, 300_000);

  it('is cut before it has more rows than a sheet may have', async () => {
    const files = await renderDocuments(many(10), {}, { bytes: 10_000_000, rows: 7 });
    expect(files.filter((file) => file.name.startsWith('1 ')).map((file) => file.rows)).toEqual([6, 6, 6, 6, 6]);
  });
});

it('case 80: read back, the files hold the totals of the batch to the cent', async () => {
  const documents = [...sampleDocuments(80), ...sampleDocuments(81)];
  const settings = saasant.settings.parse({});
  expect(documents.flatMap((document) => saasant.validate(document, undefined, settings))).toEqual([]);
  const seen = await readWithOpenpyxl(zipOf(await renderDocuments(documents)));
  const total = (operation: string) =>
    sum(documents.filter((one) => one.operation === operation).map((one) => ('total' in one ? one.total : one.amount)));
  const sales = (name: string) =>
    (columnSum(seen.get(name)!, 'Product/Service Amount') ?? 0) + (columnSum(seen.get(name)!, 'Sales Tax Amount') ?? 0);
  expect(sales(NAMES[0]!)).toBe(total('invoice.insert'));
  expect(sales(NAMES[1]!)).toBe(total('invoice.update'));
  expect(columnSum(seen.get(NAMES[2]!)!, 'Amount')).toBe(total('payment.insert'));
  expect(columnSum(seen.get(NAMES[3]!)!, 'Amount')).toBe(total('payment.update'));
  expect(columnSum(seen.get(NAMES[4]!)!, 'Amount')).toBe(0);
  expect(sales(NAMES[5]!)).toBe(total('creditMemo.insert'));
  expect(columnSum(seen.get(NAMES[6]!)!, 'Amount')).toBe(total('warning.list'));
}, 300_000);

it('an item out of stage order fails the rendering instead of being left out', async () => {
  if (saasant.delivery.by !== 'files') throw new Error('SaasAnt takes files.');
  const { delivery } = saasant;
  const settings = saasant.settings.parse({});
  const item = (document: Document, seq: number) => ({
    seq,
    record: document.record,
    operation: document.operation,
    key: `k-${seq}`,
    payload: saasant.export(document, undefined, settings),
  });
  async function* wrong() {
    yield item(payment, 1);
    yield item(invoice, 2);
  }
  const sink = { open: () => ({ write: async () => {}, close: async () => {} }) };
  await expect(delivery.render(wrong(), sink, { batch: { id: 'b', name: 'b' }, currency: 'USD', settings })).rejects.toThrow(
    'Item 2 (invoice.insert)',
  );
});
