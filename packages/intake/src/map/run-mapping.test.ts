import { describe, expect, it } from 'vitest';
import { csv, importFiles } from '../import.testing.ts';
import { rowPerInvoice, rowPerLine } from '../presets/generic.ts';

const header = [
  'Invoice No',
  'Customer',
  'Invoice Date',
  'Product/Service',
  'Quantity',
  'Rate',
  'Line Amount',
  'Tax Amount',
  'Invoice Total',
  'Note',
];
const rows = [
  ['1', 'Åsa Öberg', '11/13/2026', 'Tune-up', '1', '129.00', '129.00', '12.04', '178.04', 'a'],
  ['1', 'Åsa Öberg', '11/13/2026', 'Filter', '2', '18.50', '37.00', '12.04', '178.04', 'b'],
  ['2', 'Bob; "the" builder', '11/02/2026', 'Drain, main', '1', '1,250.00', '1,250.00', '0.00', '1,250.00', 'c'],
  ['3', 'Cy\tTab', '11/03/2026', 'Visit', '3', '33.33', '99.99', '', '99.99', 'd'],
];

/** The same numbers at every run. */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function shuffled<T>(list: readonly T[], next: () => number): T[] {
  return list
    .map((value) => ({ value, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

const sorted = (records: readonly { id: string; type: string }[]) =>
  records.toSorted((a, b) => (`${a.type}/${a.id}` < `${b.type}/${b.id}` ? -1 : 1));

const utf16 = (text: string, bigEndian: boolean) => {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, !bigEndian);
  for (let at = 0; at < text.length; at += 1) view.setUint16(2 + at * 2, text.charCodeAt(at), !bigEndian);
  return bytes;
};
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('the same records come out', async () => {
  const expected = sorted((await importFiles(rowPerLine.mapping, { lines: csv([header, ...rows]) })).records);

  it('three invoices and their customers', () => {
    expect(expected.filter(({ type }) => type === 'invoice')).toMatchObject([
      { number: '1', total: '178.04', lines: [{ amount: '129' }, { amount: '37' }], tax: { amount: '12.04' } },
      { number: '2', total: '1250' },
      { number: '3', total: '99.99', lines: [{ quantity: '3', unitPrice: '33.33' }] },
    ]);
  });

  it.each(Array.from({ length: 24 }, (_, seed) => [seed]))('columns and rows in any order: seed %i', async (seed) => {
    const next = chance(seed + 1);
    const order = shuffled([...header.keys()], next);
    const table = [header, ...shuffled(rows, next)].map((row) => order.map((at) => row[at]!));
    const { records, heldBack, unreadable } = await importFiles(rowPerLine.mapping, { lines: csv(table) });
    expect([...heldBack, ...unreadable]).toEqual([]);
    expect(sorted(records)).toEqual(expected);
  });

  it.each([
    ['UTF-8', (text: string) => text],
    ['UTF-8 with a mark', (text: string) => `\uFEFF${text}`],
    ['UTF-16, little end first', (text: string) => utf16(text, false)],
    ['UTF-16, big end first', (text: string) => utf16(text, true)],
    ['windows-1252', latin],
  ] as const)('in %s, with commas, semicolons, tabs and pipes', async (_, encoded) => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const { records } = await importFiles(rowPerLine.mapping, { lines: encoded(csv([header, ...rows], delimiter)) });
      expect(sorted(records)).toEqual(expected);
    }
  });

  it('a euro sign in windows-1252 stays one', async () => {
    const text = csv([header, ...rows]);
    const bytes = latin(text);
    bytes[text.indexOf('Tab')] = 0x80;
    const { records } = await importFiles(rowPerLine.mapping, { lines: bytes });
    expect(records).toContainEqual(expect.objectContaining({ type: 'customer', name: 'Cy\t€ab' }));
  });
});

describe('a file that was cut', () => {
  it('at any byte never gives half a record', async () => {
    const whole = csv([header, ...rows]);
    const all = new Map((await importFiles(rowPerLine.mapping, { lines: whole })).records.map((record) => [record.id, record]));
    const bytes = new TextEncoder().encode(whole);
    for (let length = 1; length < bytes.length; length += 1) {
      const records = await importFiles(rowPerLine.mapping, { lines: bytes.subarray(0, length) }).then(
        (imported) => imported.records,
        (error: Error) => {
          expect(error.name).toBe('UnreadableFile');
          return [];
        },
      );
      for (const record of records) if (record.type === 'invoice') expect(record).toEqual(all.get(record.id));
    }
  }, 300_000);

  it('without a total, the record that ends it is left out and listed', async () => {
    const without = header.filter((name) => name !== 'Invoice Total');
    const table = [without, ...rows.map((row) => row.filter((_, at) => header[at] !== 'Invoice Total'))];
    const { records, heldBack } = await importFiles(rowPerLine.mapping, { lines: csv(table) });
    expect(records.filter(({ type }) => type === 'invoice').map(({ number }) => number)).toEqual(['1', '2']);
    expect(heldBack).toMatchObject([{ code: 'maybe-cut', rows: [5] }]);
  });
});

describe('days and amounts', () => {
  const invoice = (date: string, total: string) => ['1', 'Amy', date, total];
  const names = ['Invoice Number', 'Customer', 'Invoice Date', 'Total'];
  const imported = (mapping: typeof rowPerInvoice.mapping, ...table: string[][]) =>
    importFiles(mapping, { invoices: csv([names, ...table.map((row, at) => [String(at + 1), ...row.slice(1)])]) });

  it('a column that two readings fit is asked about, once, and nothing is made before', async () => {
    const { questions, records } = await imported(
      rowPerInvoice.mapping,
      invoice('11/03/2026', '1.00'),
      invoice('11/04/2026', '2.00'),
    );
    expect(questions).toEqual([
      { key: 'invoices.date', file: 'invoices.csv', column: 'Invoice Date', example: '11/03/2026', choices: ['mdy', 'dmy'] },
    ]);
    expect(records).toEqual([]);
  });

  it('the answer is kept with the mapping', async () => {
    const answered = { ...rowPerInvoice.mapping, dates: { 'invoices.date': 'dmy' as const } };
    const { questions, records } = await imported(answered, invoice('11/03/2026', '1.00'));
    expect(questions).toEqual([]);
    expect(records.find(({ type }) => type === 'invoice')).toMatchObject({ date: '2026-03-11' });
  });

  it('one day above 12 decides for all rows, also for those before it', async () => {
    const { records } = await imported(rowPerInvoice.mapping, invoice('03/11/2026', '1.00'), invoice('13/11/2026', '2.00'));
    expect(records.filter(({ type }) => type === 'invoice').map(({ date }) => date)).toEqual(['2026-11-03', '2026-11-13']);
  });

  it('a day of another format is unreadable, and only its record', async () => {
    const { records, unreadable } = await imported(
      rowPerInvoice.mapping,
      invoice('2026-11-03', '1.00'),
      invoice('03/13/2026', '2.00'),
    );
    expect(records.filter(({ type }) => type === 'invoice')).toHaveLength(1);
    expect(unreadable).toMatchObject([{ row: 3, column: 'Invoice Date', code: 'no-date' }]);
  });

  it('a decimal comma in one row decides for the column', async () => {
    const { records } = await imported(rowPerInvoice.mapping, invoice('2026-11-03', '1.204,50'), invoice('2026-11-04', '399,00'));
    expect(records.filter(({ type }) => type === 'invoice').map(({ total }) => total)).toEqual(['1204.5', '399']);
  });

  it('a control total of a column with decimal commas is read as such', async () => {
    const { totals } = await importFiles(rowPerInvoice.mapping, {
      invoices: csv([
        names,
        ['1', 'Amy', '2026-11-03', '1.204,50'],
        ['2', 'Bob', '2026-11-04', '399,00'],
        ['', '', '', '1.603,50'],
      ]),
    });
    expect(totals).toMatchObject([{ stated: '1603.5', ours: '1603.5', agrees: true }]);
  });

  it('an amount that is none is listed with its row, column and value', async () => {
    const { unreadable } = await imported(rowPerInvoice.mapping, invoice('2026-11-03', 'about 12'));
    expect(unreadable).toMatchObject([{ file: 'invoices.csv', row: 2, column: 'Total', value: 'about 12', code: 'no-amount' }]);
  });
});
