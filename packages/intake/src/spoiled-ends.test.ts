import { describe, expect, it } from 'vitest';
import { csv, type Imported, importFiles } from './import.testing.ts';
import { rowPerInvoice, rowPerLine } from './presets/generic.ts';
import { jobberInvoices } from './presets/jobber.ts';

const made = ({ records }: Imported) => records.filter(({ type }) => type === 'invoice');

describe('what old systems and disks write around a file', () => {
  const header = 'Invoice Number,Customer,Invoice Date,Total\r\n';
  const one = '1,Amy,2026-11-03,12.50\r\n';
  const two = '2,Bo,2026-11-04,13.50\r\n';

  it.each([
    ['an end mark', `${header}${one}${two}\x1A`],
    ['an end mark right behind the last row', `${header}${one}${two.trim()}\x1A`],
    ['an end mark with a line break behind it', `${header}${one}${two}\x1A\r\n`],
    ['two end marks and NUL', `${header}${one}${two}\x1A\x1A${'\0'.repeat(70_000)}`],
    ['the end of a transmission', `${header}${one}${two}\x04`],
    ['NUL up to the end of the sector', `${header}${one}${two}${'\0'.repeat(512)}`],
    ['NUL and line breaks', `${header}${one}${two}\0\0\r\n\0\r\n`],
    ['the end of a page', `${header}${one}${two}\f`],
    ['pages, each with its header', `${header}${one}\f${header}${two}`],
    ['two byte order marks', `\uFEFF\uFEFF${header}${one}${two}`],
    ['another file with its mark and header', `\uFEFF${header}${one}\uFEFF${header}${two}`],
    ['another file behind the end mark of the first', `${header}${one}\x1A${header}${two}`],
    ['how many rows there are', `${header}${one}${two}(2 rows)\r\n`],
    ['a word for its end', `${header}${one}${two}EOF\r\n`],
  ])('is no row, and takes none out: %s', async (_, text) => {
    const imported = await importFiles(rowPerInvoice.mapping, { invoices: text });
    expect([made(imported).map(({ number, total }) => [number, total]), imported.unreadable]).toEqual([
      [
        ['1', '12.5'],
        ['2', '13.5'],
      ],
      [],
    ]);
  });

  it('never completes a row that was cut, and never swallows a letter that got lost in a row', async () => {
    const cut = await importFiles(rowPerInvoice.mapping, { invoices: `${header}${one}2,Bo,2026-11-04,13\0\0\0` });
    expect([made(cut).length, cut.unreadable[0]!.code]).toEqual([1, 'maybe-cut']);
    const lost = await importFiles(rowPerInvoice.mapping, { invoices: `${header}1,M\x1Aller,2026-11-03,12.50\r\n` });
    expect(made(lost).filter(({ customerId }) => customerId === 'file:customer:Mller')).toEqual([]);
  });

  it('NUL with text behind it is no text', async () => {
    const text = `${header}${one}\0\0${two}`;
    await expect(importFiles(rowPerInvoice.mapping, { invoices: text })).rejects.toMatchObject({ code: 'not-a-table' });
  });
});

describe('a row of totals', () => {
  const HEADER = ['Invoice Number', 'Customer', 'Invoice Date', 'Due Date', 'Tax', 'Total'];
  const ROWS = [
    ['1', 'Amy', '2026-11-03', '', '1.00', '12.50'],
    ['2', 'Bo', '2026-11-04', '', '2.00', '13.50'],
  ];

  it.each([
    ['Spanish', ['Suma', '', '', '', '3.00', '26.00']],
    ['French', ['', 'Total général', '', '', '3.00', '26.00']],
    ['German, in another column', ['', '', '', 'Gesamtbetrag', '3.00', '26.00']],
    ['Russian', ['Итого:', '', '', '', '3.00', '26.00']],
    ['Japanese', ['合計', '', '', '', '3.00', '26.00']],
    ['a language that nobody thought of', ['Guk zeeb', '', '', '', '3.00', '26.00']],
    ['a sign', ['', 'Σ', '', '', '3.00', '$26.00']],
    ['words of its own beside it', ['Total', '', '', '2 invoices, all regions', '3.00', '26.00']],
    ['the name of a firm', ['Total (Acme Plumbing)', '', '', 'USD', '3.00', '26.00']],
  ])('is left out, listed, and held against the sum, in whatever order the columns stand: %s', async (_, totals) => {
    for (const turn of [(row: string[]) => row, (row: string[]) => row.toReversed()]) {
      const invoices = csv([HEADER, ...ROWS, totals].map(turn));
      const imported = await importFiles(rowPerInvoice.mapping, { invoices });
      expect([made(imported).length, imported.unreadable]).toEqual([2, []]);
      expect(imported.leftOut).toMatchObject([{ row: 4, why: 'totals' }]);
      expect(imported.totals).toMatchObject([{ stated: '26', ours: '26', agrees: true }]);
    }
  });

  it('is not an invoice that lacks its day and its customer', async () => {
    const { unreadable, leftOut } = await importFiles(rowPerInvoice.mapping, {
      invoices: csv([HEADER, ...ROWS, ['INV-3', '', '', '', '', '14.50']]),
    });
    expect([unreadable.map(({ row }) => row), leftOut]).toEqual([[4], []]);
  });

  it.each([
    ['by a word', ['Sonderposten', '', '', '', '', '150.00', '', ''], 0],
    ['by a foreign word', ['Razem', '', '', '', '', '150.00', '', ''], 0],
  ])('below lines leaves the invoice above it whole: %s', async (_, totals) => {
    const header = [
      'Invoice No',
      'Customer',
      'Invoice Date',
      'Product/Service',
      'Description',
      'Line Amount',
      'Tax Amount',
      'Invoice Total',
    ];
    const imported = await importFiles(rowPerLine.mapping, {
      lines: csv([
        header,
        ['1', 'Amy', '2026-11-13', 'A', '', '100.00', '', '150.00'],
        ['1', '', '', 'B', '', '50.00', '', '150.00'],
        totals,
      ]),
    });
    expect([made(imported).length, imported.unreadable]).toEqual([1, []]);
  });

  it.each([
    ['Total cleaning', ''],
    ['Deep cleaning', 'Total cleaning'],
    ['Deep cleaning', ''],
  ])('is not a line in merged cells that costs as much as all above: %s, %s', async (name, description) => {
    const header = [
      'Invoice No',
      'Customer',
      'Invoice Date',
      'Product/Service',
      'Description',
      'Line Amount',
      'Tax Amount',
      'Invoice Total',
    ];
    const { records } = await importFiles(rowPerLine.mapping, {
      lines: csv([
        header,
        ['1', 'Amy', '2026-11-13', 'A', '', '100.00', '', ''],
        ['', '', '', name, description, '100.00', '', ''],
        ['2', 'Bo', '2026-11-13', 'A', '', '100.00', '', '100.00'],
      ]),
    });
    expect(records.filter(({ type, number }) => type === 'invoice' && number === '1')).toEqual([]);
  });
});

describe('a decimal comma', () => {
  const JOBBER = [
    'Invoice #',
    'Client name',
    'Issued date',
    'Status',
    'Line items',
    'Pre-tax total ($)',
    'Total ($)',
    'Tax (%)',
    'Tax amount ($)',
  ];
  const taxes = async (...rates: string[]) => {
    const rows = rates.map((rate, at) => [
      String(at),
      'Amy',
      '2026-11-03',
      'Paid',
      'Oven (1, $100)',
      '100,00',
      '108,25',
      rate,
      '8,25',
    ]);
    const { records, unreadable, questions } = await importFiles(jobberInvoices.mapping, { invoices: csv([JOBBER, ...rows]) });
    expect([unreadable, questions]).toEqual([[], []]);
    return records.flatMap(({ type, tax }) => (type === 'invoice' ? [(tax as { rate: string }).rate] : []));
  };

  it('is read in rates as in amounts, with a percent sign or without', async () => {
    expect(await taxes('8,25 %', '8,25%', '8,25', '8\u00A0%')).toEqual(['8.25', '8.25', '8.25', '8']);
  });

  it('is seen in the amounts where three digits of a rate leave both readings', async () => {
    expect(await taxes('8,250 %', '8,125')).toEqual(['8.25', '8.125']);
  });

  const quantities = (quantity: string, price: string, amount: string) =>
    importFiles(rowPerLine.mapping, {
      lines: csv([
        ['Invoice No', 'Customer', 'Invoice Date', 'Product/Service', 'Quantity', 'Rate', 'Line Amount', 'Invoice Total'],
        ['1', 'Amy', '2026-11-13', 'Pipe', quantity, price, amount, amount],
      ]),
    });

  it.each([
    ['1,500', '10,00', '15,00', '1.5'],
    ['1.500', '10.00', '15.00', '1.5'],
    ['1.500', '0,01', '15,00', '1500'],
    ['2,5', '6,00', '15,00', '2.5'],
  ])('a quantity of %s beside a price of %s is never a thousand times off', async (quantity, price, amount, expected) => {
    const [invoice] = made(await quantities(quantity, price, amount));
    expect(invoice!.lines).toMatchObject([{ quantity: expected, amount: '15' }]);
  });

  it('a quantity of 1.500 is asked about where nothing else in the file shows how numbers are written', async () => {
    expect((await quantities('1.500', '10', '15')).questions).toMatchObject([
      { key: 'lines.quantity', choices: ['point', 'comma'] },
    ]);
  });
});
