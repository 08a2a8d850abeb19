import { describe, expect, it } from 'vitest';
import { csv, importFiles } from '../import.testing.ts';
import { rowPerInvoice } from '../presets/generic.ts';
import { openTable } from './open-table.ts';
import { fileOf } from './source-file.ts';

const names = ['Invoice Number', 'Customer', 'Invoice Date', 'Total'];
const row = ['1', 'Amy', '2026-11-03', '12.00'];
const open = (content: string | Uint8Array) => openTable(fileOf('export.csv', content));

describe('what is no table gets a sentence', () => {
  it.each([
    ['an empty file', '', 'empty-file'],
    ['an image', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'not-a-table'],
    ['a photo', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0x41, 0x42), 'not-a-table'],
    ['a PDF', '%PDF-1.7\n1,2,3\n4,5,6\n', 'not-a-table'],
    ['a web page', '<html><body>\n<table><tr><td>1</td></tr></table>\n</body></html>\n', 'not-a-table'],
    ['Excel’s old format', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'old-excel'],
    ['a zip archive that is no workbook', Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 0, 0), 'not-a-table'],
    ['XML', '<?xml version="1.0"?>\n<a,b>\n<c,d>\n', 'not-a-table'],
    ['JSON', '[{"Invoice Number":"1","Customer":"Amy"}]', 'not-a-table'],
    ['a text document', '{\\rtf1\\ansi Number, Customer}\n1,Amy\n', 'not-a-table'],
    [
      'UTF-16 without its mark',
      Uint8Array.from('Invoice Number,Customer\n'.split('').flatMap((one) => [one.charCodeAt(0), 0])),
      'not-a-table',
    ],
    [
      'a workbook with a password',
      Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, ...Buffer.from('EncryptedPackage', 'utf16le')),
      'protected',
    ],
    ['prose', 'Dear Sir or Madam,\nplease find enclosed\n', 'not-a-table'],
    ['two encodings', Uint8Array.of(...new TextEncoder().encode('Å,b\n'), 0xc5, 0x2c, 0x62, 0x0a), 'mixed-encodings'],
  ] as const)('%s', async (_, content, code) => {
    await expect(open(content)).rejects.toMatchObject({
      name: 'UnreadableFile',
      code,
      message: expect.stringContaining('export.csv'),
    });
  });

  it('a quote that is never closed', async () => {
    const text = `${csv([names, row])}"2,Bob,2026-11-04,13.00\r\n3,Cy,2026-11-05,14.00\r\n`;
    await expect(importFiles(rowPerInvoice.mapping, { invoices: text })).rejects.toMatchObject({ code: 'quote-not-closed' });
  });

  it.each([
    ['with a quote', '"'],
    ['without a quote', ''],
  ])('a cell of more than a million letters, %s', async (_, quote) => {
    const text = `${csv([names, row])}2,${quote}${'x'.repeat(1_100_000)}${quote},2026-11-04,13.00\r\n`;
    await expect(importFiles(rowPerInvoice.mapping, { invoices: text })).rejects.toMatchObject({
      code: 'row-too-long',
      message: expect.stringContaining('after row 2'),
    });
  });

  it('a column twice that counts', async () => {
    const text = csv([
      [...names, 'total'],
      [...row, '13.00'],
    ]);
    await expect(importFiles(rowPerInvoice.mapping, { invoices: text })).rejects.toMatchObject({ code: 'column-twice' });
  });
});

describe('a table', () => {
  it('is found below a preamble that has more rows than it', async () => {
    const preamble = Array.from({ length: 20 }, (_, at) => [`Note ${at}`]);
    const table = await openTable(fileOf('a.csv', csv([...preamble, names, row])));
    expect(table).toMatchObject({ headerRow: 21, headers: names, delimiter: ',' });
  });

  it('may repeat its header, which is left out', async () => {
    const { records, leftOut } = await importFiles(rowPerInvoice.mapping, {
      invoices: csv([names, row, names, ['2', 'Bob', '2026-11-04', '13.00']]),
    });
    expect(records.filter(({ type }) => type === 'invoice')).toHaveLength(2);
    expect(leftOut).toMatchObject([{ row: 3, why: 'header-again' }]);
  });

  it('may have two rows of headers: labels above it are left out, and words below it are unreadable', async () => {
    const { records, leftOut, unreadable } = await importFiles(rowPerInvoice.mapping, {
      invoices: csv([['Invoice', '', '', 'Money'], names, ['(text)', '(text)', '(day)', '(USD)'], row]),
    });
    expect(records.filter(({ type }) => type === 'invoice')).toMatchObject([{ number: '1', total: '12' }]);
    expect(leftOut).toMatchObject([{ row: 1, why: 'preamble' }]);
    expect(unreadable).toMatchObject([{ row: 3, column: 'Invoice Date', value: '(day)' }]);
  });

  it('of text has no results of formulas: such a cell is unreadable, and a number kept as text is not', async () => {
    const { records, unreadable } = await importFiles(rowPerInvoice.mapping, {
      invoices: csv([
        names,
        ['="0363"', 'Amy', '2026-11-03', '12.00'],
        ['2', 'Bob', '2026-11-04', '=SUM(D1:D2)'],
        ['3', '=HYPERLINK("x")', '2026-11-05', '14.00'],
      ]),
    });
    expect(records.filter(({ type }) => type === 'invoice')).toMatchObject([{ number: '0363' }]);
    expect(unreadable.map(({ row: at, code }) => [at, code])).toEqual(
      expect.arrayContaining([
        [3, 'formula'],
        [4, 'formula'],
      ]),
    );
  });

  it('has rows that are too long or too short, which are listed', async () => {
    const { records, unreadable } = await importFiles(rowPerInvoice.mapping, {
      invoices: csv([
        names,
        ['1', 'Amy, Inc', '2026-11-03', '12.00', 'more'],
        ['2', 'Bob', '2026-11-04'],
        ['3', 'Cy', '2026-11-05', '14.00'],
      ]),
    });
    expect(records.filter(({ type }) => type === 'invoice').map(({ number }) => number)).toEqual(['3']);
    expect(unreadable).toMatchObject([
      { row: 2, code: 'ragged-row' },
      { row: 3, code: 'ragged-row' },
    ]);
  });

  it('counts rows as a spreadsheet does, blank ones and breaks inside cells included', async () => {
    const { unreadable } = await importFiles(rowPerInvoice.mapping, {
      invoices: csv([names, ['1', 'Amy\nand Ann', '2026-11-03', '12.00'], ['', '', '', ''], ['2', 'Bob', '2026-11-04', 'x']]),
    });
    expect(unreadable).toMatchObject([{ row: 4 }]);
  });
});
