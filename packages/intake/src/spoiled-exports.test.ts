import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { csv, type Imported, importFiles } from './import.testing.ts';
import type { Mapping } from './map/mapping.ts';
import { KNOWN_PRESETS, readOwnMapping } from './mappings/own-mapping.ts';
import { assignFiles } from './match/assign-files.ts';
import { rowPerInvoice, rowPerLine, rowPerPayment } from './presets/generic.ts';
import { stripePayments } from './presets/others.ts';
import { fileOf } from './read/source-file.ts';

const invoices = (...rows: string[][]) =>
  importFiles(rowPerInvoice.mapping, { invoices: csv([['Invoice Number', 'Customer', 'Invoice Date', 'Total'], ...rows]) });
const LINES = ['Invoice No', 'Customer', 'Invoice Date', 'Product/Service', 'Line Amount', 'Tax Amount', 'Invoice Total'];
const lines = (...rows: string[][]) => importFiles(rowPerLine.mapping, { lines: csv([LINES, ...rows]) });
const made = ({ records }: Imported) => records.filter(({ type }) => type === 'invoice');
/** What a row became, whatever row it was. */
const outcome = (imported: Imported) => ({
  made: made(imported)
    .map((record) => JSON.stringify(record))
    .sort(),
  unreadable: imported.unreadable.map(({ code, value }) => `${code} ${value}`).sort(),
  asked: imported.questions.map(({ key, choices }) => `${key} ${choices.join()}`),
});

describe('what a column’s rows contradict each other about', () => {
  const orders = (rows: string[][]) => [
    rows,
    rows.toReversed(),
    [...rows.slice(1), rows[0]!],
    [rows.at(-1)!, ...rows.slice(0, -1)],
  ];

  it.each([
    ['days that fit month first, day first, and both', ['11/14/2026', '13/11/2026', '03/11/2026'], '1.00'],
    ['days of which most are written in one way', ['2026-11-03', 'Nov 4, 2026', '2026-11-05'], '1.00'],
    ['days in as many ways as rows', ['2026-11-03', 'Nov 4, 2026', '13/11/2026'], '1.00'],
  ])('is the same in every order of the rows: %s', async (_, days, total) => {
    const rows = days.map((day, at) => [String(at), 'Amy', day, total]);
    const [first, ...others] = await Promise.all(orders(rows).map(async (order) => outcome(await invoices(...order))));
    for (const other of others) expect(other).toEqual(first);
  });

  it.each([
    ['amounts of which most have a comma', ['1.204,50', '12.50', '399,00']],
    ['an amount that is a thousand times another by its reading', ['1.204', '12.50', '399,00']],
  ])('is the same in every order of the rows: %s', async (_, totals) => {
    const rows = totals.map((total, at) => [String(at), 'Amy', '2026-11-13', total]);
    const [first, ...others] = await Promise.all(orders(rows).map(async (order) => outcome(await invoices(...order))));
    for (const other of others) expect(other).toEqual(first);
  });

  it('is asked where a row could be read wrongly, and else only those rows are unreadable', async () => {
    const asked = await invoices(
      ['1', 'A', '11/14/2026', '1'],
      ['2', 'A', '13/11/2026', '1'],
      ['3', 'A', '03/11/2026', '1'],
      ['4', 'A', '11/15/2026', '1'],
    );
    expect(asked.questions).toMatchObject([{ key: 'invoices.date', example: '03/11/2026', choices: ['mdy', 'dmy'] }]);
    const clear = await invoices(['1', 'A', '11/14/2026', '1'], ['2', 'A', '13/11/2026', '1'], ['3', 'A', '11/15/2026', '1']);
    expect(clear.questions).toEqual([]);
    expect(clear.unreadable).toMatchObject([{ value: '13/11/2026', code: 'no-date' }]);
  });

  it('an amount with a point and three digits is asked about, not taken for thousands', async () => {
    const { questions } = await invoices(['1', 'Amy', '2026-11-13', '10.005'], ['2', 'Bo', '2026-11-13', '12']);
    expect(questions).toMatchObject([{ key: 'invoices.total', example: '10.005', choices: ['point', 'comma'] }]);
  });
});

describe('another currency', () => {
  it('in a cell stops its record, with what to do', async () => {
    const { unreadable } = await invoices(['1', 'Amy', '2026-11-13', '€ 12.50'], ['2', 'Bo', '2026-11-13', '$3.00']);
    expect(unreadable).toMatchObject([{ row: 2, column: 'Total', message: expect.stringContaining('the company’s is USD') }]);
  });

  it('in a column of currencies stops its row', async () => {
    const text = csv([
      ['id', 'Created date (UTC)', 'Amount', 'Amount Refunded', 'Currency', 'Status'],
      ['ch_1', '2026-11-04 02:12:33', '178.04', '0.00', 'eur', 'Paid'],
      ['ch_2', '2026-11-04 02:12:33', '12.00', '0.00', 'usd', 'Paid'],
      ['ch_3', '2026-11-04 02:12:33', '13.00', '0.00', 'US Dollar (USD)', 'Paid'],
      ['ch_4', '2026-11-04 02:12:33', '14.00', '0.00', '$', 'Paid'],
      ['ch_5', '2026-11-04 02:12:33', '15.00', '0.00', '', 'Paid'],
    ]);
    const { records, unreadable } = await importFiles(stripePayments.mapping, { payments: text });
    expect(records.map(({ id }) => id)).toEqual(['ch_2', 'ch_3', 'ch_4', 'ch_5']);
    expect(unreadable).toMatchObject([{ row: 2, column: 'Currency', value: 'eur', code: 'other-currency' }]);
  });
});

describe('rows of one invoice', () => {
  it('may leave out what the first one contains', async () => {
    const imported = await lines(
      ['1', 'Amy', '2026-11-13', 'A', '100.00', '5.00', '155.00'],
      ['1', '', '', 'B', '50.00', '', ''],
    );
    expect(made(imported)).toMatchObject([{ date: '2026-11-13', total: '155', tax: { amount: '5' } }]);
  });

  it('that name two customers or two days are held back', async () => {
    const { records, heldBack } = await lines(
      ['1', 'Amy', '2026-11-13', 'A', '100.00', '', '150.00'],
      ['1', 'Bob', '2026-11-13', 'B', '50.00', '', '150.00'],
      ['2', 'Amy', '2026-11-13', 'A', '100.00', '', '150.00'],
      ['2', 'Amy', '2026-11-14', 'B', '50.00', '', '150.00'],
    );
    expect(records.filter(({ type }) => type === 'invoice')).toEqual([]);
    expect(heldBack.map(({ code, rows }) => [code, rows])).toEqual([
      ['rows-disagree', [2, 3]],
      ['rows-disagree', [4, 5]],
    ]);
  });

  it('have each its own tax where the total proves it, one tax where it proves that, and else are held back', async () => {
    const imported = await lines(
      ['1', 'Amy', '2026-11-13', 'A', '100.00', '7.00', '160.50'],
      ['1', 'Amy', '2026-11-13', 'B', '50.00', '3.50', '160.50'],
      ['2', 'Amy', '2026-11-13', 'A', '50.00', '3.50', '107.00'],
      ['2', 'Amy', '2026-11-13', 'B', '50.00', '3.50', '107.00'],
      ['3', 'Amy', '2026-11-13', 'A', '50.00', '7.00', '107.00'],
      ['3', 'Amy', '2026-11-13', 'B', '50.00', '7.00', '107.00'],
      ['4', 'Amy', '2026-11-13', 'A', '50.00', '1.00', ''],
      ['4', 'Amy', '2026-11-13', 'B', '50.00', '7.00', ''],
      ['5', 'Amy', '2026-11-13', 'B', '50.00', '7.00', '57.00'],
    );
    expect(made(imported).map(({ number, tax }) => [number, (tax as { amount: string }).amount])).toEqual([
      ['1', '10.5'],
      ['2', '7'],
      ['3', '7'],
      ['5', '7'],
    ]);
    expect(imported.heldBack).toMatchObject([{ code: 'rows-disagree', rows: [8, 9] }]);
  });

  it.each([
    ['with a total', '150.00'],
    ['without one', ''],
  ])('never make half an invoice where the number stands in the first of merged cells alone, %s', async (_, total) => {
    const imported = await lines(
      ['1', 'Amy', '2026-11-13', 'A', '100.00', '', total],
      ['', '', '', 'B', '50.00', '', ''],
      ['2', 'Bo', '2026-11-13', 'A', '7.00', '', '7.00'],
      ['3', 'Bo', '2026-11-13', 'A', '7.00', '', '7.00'],
    );
    expect(made(imported).map(({ number }) => number)).toEqual(['3']);
    expect(imported.unreadable.map(({ row, code }) => [row, code])).toContainEqual([3, 'no-id']);
  });
});

describe('what is no row', () => {
  it('is left out: a total in the column of numbers, subtotals, and lines below the table', async () => {
    const imported = await invoices(
      ['1', 'Amy', '2026-11-13', '12.00'],
      ['Total for Amy', '', '', '12.00'],
      ['2', 'Bo', '2026-11-13', '13.00'],
      ['Total for Bo', '', '', '13.00'],
      ['TOTAL (2 invoices)', '', '', '$25.00'],
      ['', '', '', ''],
      ['Monday, Nov 30, 2026 10:00 AM GMT-6'],
    );
    expect(made(imported)).toHaveLength(2);
    expect(imported.unreadable).toEqual([]);
    expect(imported.leftOut.map(({ why }) => why)).toEqual(['totals', 'totals', 'totals', 'blank', 'section']);
    expect(imported.totals).toMatchObject([{ stated: '25', ours: '25', agrees: true }]);
  });

  it('is not a record of a customer whose name begins with Total', async () => {
    const text = csv([
      ['Customer', 'Invoice Number', 'Invoice Date', 'Total'],
      ['Total', '1', '2026-11-13', '12.00'],
      ['Total Comfort', '2', '2026-11-13', '13.00'],
    ]);
    expect(made(await importFiles(rowPerInvoice.mapping, { invoices: text }))).toHaveLength(2);
  });

  it('has columns without a name behind the last one, in some rows', async () => {
    const text = 'Invoice Number,Customer,Invoice Date,Total,,\n1,Amy,2026-11-13,12.00,,\n2,Bo,2026-11-13,13.00\n';
    const imported = await importFiles(rowPerInvoice.mapping, { invoices: text });
    expect([made(imported).length, imported.unreadable]).toEqual([2, []]);
  });
});

/** Read by what is proposed, as a person confirms it. */
async function proposed(text: string): Promise<Imported> {
  const [file] = (await assignFiles([fileOf('a.csv', text)], KNOWN_PRESETS)).files;
  const read = readOwnMapping({ extends: file!.proposal!.template, files: file!.proposal!.mapping!.files });
  const { mapping } = (read as { known: { mapping: Mapping } }).known;
  return importFiles(mapping, { [Object.keys(mapping.files)[0]!]: text });
}

describe('an export that nobody has seen comes in by what is proposed', () => {
  it('a list of QuickBooks: titles above, a total and the time below, and only its invoices', async () => {
    const imported = await proposed(
      csv([
        ['Acme Plumbing LLC'],
        ['Transaction List'],
        [],
        ['Date', 'Transaction Type', 'Num', 'Name', 'Memo/Description', 'Amount', 'Open Balance'],
        ['11/13/2026', 'Invoice', '1001', 'Doe, Jane', '', '1,500.00', '0.00'],
        ['11/14/2026', 'Payment', '77', 'Doe, Jane', '', '-1,500.00', '0.00'],
        ['TOTAL', '', '', '', '', '$0.00', '$0.00'],
        [],
        ['Monday, Nov 30, 2026 10:00 AM GMT-6'],
      ]),
    );
    expect(made(imported)).toMatchObject([{ number: '1001', date: '2026-11-13', total: '1500' }]);
    expect(imported.unreadable).toEqual([]);
  });

  it('lines as ServiceM8 and Xero name them', async () => {
    const imported = await proposed(
      csv([
        ['*ContactName', '*InvoiceNumber', '*InvoiceDate', '*Description', '*Quantity', '*UnitAmount', 'TaxAmount', 'Total'],
        ['Acme', 'INV-1', '13/11/2026', 'Labour', '2', '50.00', '10.00', '121.00'],
        ['Acme', 'INV-1', '13/11/2026', 'Parts', '1', '10.00', '1.00', '121.00'],
      ]),
    );
    expect(made(imported)).toMatchObject([{ number: 'INV-1', total: '121', tax: { amount: '11' }, lines: [{}, {}] }]);
  });

  it('payments, of the invoices that the other templates bring', async () => {
    const header = ['Date Paid', 'Client', 'Invoice #', 'Amount', 'Payment Method', 'Reference'];
    const { records, heldBack } = await proposed(
      csv([
        header,
        ['11/13/2026', 'Acme', '1001', '107.00', 'Check', '2071'],
        ['11/14/2026', 'Acme', '1001', '-7.00', 'Check', ''],
      ]),
    );
    const [invoice] = made(await invoices(['1001', 'Acme', '2026-11-13', '107.00']));
    expect(records.filter(({ type }) => type === 'payment')).toMatchObject([
      { amount: '107', reference: '2071', allocations: [{ invoiceId: invoice!.id, amount: '107' }] },
    ]);
    expect(heldBack).toMatchObject([{ code: 'refund-to-match' }]);
  });

  it('an export that can make no record is refused at once: Housecall Pro’s invoices', async () => {
    const text = csv([['Invoice #', 'Customer name', 'Invoice status', 'Amount due', 'Due date', 'Latest send date', 'Job #']]);
    const [file] = (await assignFiles([fileOf('a.csv', text)], KNOWN_PRESETS)).files;
    expect(file).toMatchObject({ use: 'left-out', message: expect.stringContaining('neither totals nor lines') });
  });
});

describe('what programs print around their rows', () => {
  const HEADER = ['Invoice Number', 'Customer', 'Invoice Date', 'Total'];
  const rows = (...all: string[][]) => importFiles(rowPerInvoice.mapping, { invoices: csv([HEADER, ...all]) });

  it.each([
    ['the end of a page', ['Page 1 of 2']],
    ['when it was made', ['Generated on Nov 28', ' 2026 at 4:10 PM']],
    ['an average', ['Average', '', '', '12.50']],
    ['a count', ['Count:', '2', '', '']],
    ['a total', ['Report totals:', '', '', '25.00']],
  ])('%s is no record, and takes none out, wherever the columns stand', async (_, line) => {
    const imported = await rows(['1', 'Amy', '2026-11-03', '12.50'], line, ['2', 'Bo', '2026-11-03', '12.50']);
    expect([imported.records.length, imported.unreadable, imported.leftOut.length]).toEqual([4, [], 1]);
    const turned = [HEADER, ['1', 'Amy', '2026-11-03', '12.50'], line, ['2', 'Bo', '2026-11-03', '12.50']].map((row) =>
      row.length < 4 ? row : row.toReversed(),
    );
    const again = await importFiles(rowPerInvoice.mapping, { invoices: csv(turned) });
    expect([again.records, again.unreadable, again.leftOut.length]).toEqual([imported.records, [], 1]);
  });

  it('a customer who is called like a footer is a customer', async () => {
    const imported = await rows(['1', 'Page 1 Books', '2026-11-03', '12.50'], ['Page 2', 'Count', '2026-11-03', '12.50']);
    expect(made(imported).map(({ number }) => number)).toEqual(['1', 'Page 2']);
  });

  it('rows that end in different ways are all rows: a file put together from two', async () => {
    const text =
      'Invoice Number,Customer,Invoice Date,Total\r\n1,Amy,2026-11-03,12.50\n2,Bo,2026-11-03,12.50\r\n3,"C, D",2026-11-03,12.50\n';
    expect(made(await importFiles(rowPerInvoice.mapping, { invoices: text }))).toHaveLength(3);
    expect(made(await importFiles(rowPerInvoice.mapping, { invoices: `sep=,\r\n${text}` }))).toHaveLength(3);
  });
});

it('the files of the tutorial come in: two invoices, and a payment of one of them', async () => {
  const page = await readFile(new URL('../../../docs/tutorial.md', import.meta.url), 'utf8');
  const [first, second] = [...page.matchAll(/```csv\n(.*?)```/gs)].map(([, text]) => text!);
  const brought = await importFiles(rowPerInvoice.mapping, { invoices: first! });
  const { records, heldBack } = await importFiles(rowPerPayment.mapping, { payments: second! });
  expect(made(brought)).toMatchObject([{ number: '9001', total: '131.86', tax: { name: 'San Mateo' } }, { number: '9002' }]);
  const [invoice] = made(brought);
  expect(records).toContainEqual(
    expect.objectContaining({ type: 'payment', allocations: [{ invoiceId: invoice!.id, amount: '131.86' }] }),
  );
  expect([brought.unreadable, brought.heldBack, heldBack]).toEqual([[], [], []]);
});
