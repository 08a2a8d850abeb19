import { PassThrough } from 'node:stream';
import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { importFiles } from '../import.testing.ts';
import { knownHeaders } from '../match/recognise.ts';
import { rowPerInvoice } from '../presets/generic.ts';
import { isDayFormat } from './cell-text.ts';
import { openTable } from './open-table.ts';
import { readXlsx } from './read-xlsx.ts';
import { fileOf } from './source-file.ts';

const { stream: excelStream, Workbook } = ExcelJS;

const names = ['Invoice Number', 'Customer', 'Invoice Date', 'Total'];

async function workbook(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

async function invoices(...rows: unknown[][]) {
  const bytes = await workbook((book) => book.addWorksheet('Report').addRows([['Invoice list'], [], names, ...rows]));
  const imported = await importFiles(rowPerInvoice.mapping, { invoices: bytes });
  return { ...imported, made: imported.records.filter(({ type }) => type === 'invoice') };
}

describe('a workbook', () => {
  it('gives its numbers to the cent, and its days whatever zone the reader is in', async () => {
    const { made } = await invoices([1, 'Amy', new Date(Date.UTC(2026, 10, 3)), 18.66], ['2', 'Bob', '2026-11-04', 0.1 + 0.2]);
    expect(made).toMatchObject([
      { number: '1', date: '2026-11-03', total: '18.66' },
      { number: '2', date: '2026-11-04', total: '0.3' },
    ]);
  });

  it('gives a formula’s stored result, and without one the cell is unreadable', async () => {
    const { made, unreadable } = await invoices(
      ['1', 'Amy', '2026-11-03', { formula: '6*2', result: 12 }],
      ['2', 'Bob', '2026-11-04', { formula: '6*2' }],
    );
    expect(made).toMatchObject([{ number: '1', total: '12' }]);
    expect(unreadable).toMatchObject([{ row: 5, column: 'Total', code: 'empty-cell' }]);
  });

  it('is read from the sheet that has a known table', async () => {
    const bytes = await workbook((book) => {
      book.addWorksheet('Notes').addRows([
        ['Name', 'Value', 'More'],
        ['a', 'b', 'c'],
      ]);
      book.addWorksheet('Invoices').addRows([names, ['1', 'Amy', '2026-11-03', 12]]);
    });
    const table = await openTable(fileOf('a.xlsx', bytes), knownHeaders([rowPerInvoice.mapping]));
    expect(table).toMatchObject({ sheet: 'Invoices', headers: names });
  });

  it('with two sheets that could be imported is refused, since one of them would be lost', async () => {
    const bytes = await workbook((book) => {
      book.addWorksheet('October').addRows([names, ['1', 'Amy', '2026-10-03', 12]]);
      book.addWorksheet('November').addRows([names, ['2', 'Amy', '2026-11-03', 12]]);
    });
    await expect(openTable(fileOf('a.xlsx', bytes), knownHeaders([rowPerInvoice.mapping]))).rejects.toMatchObject({
      code: 'several-sheets',
      message: expect.stringContaining('“October”, “November”'),
    });
  });

  it('keeps text that looks like a number, and never takes three digits behind a point for thousands', async () => {
    const { made, unreadable } = await invoices(['4E5', 'Amy', '2026-11-03', 12], ['2', 'Bo', '2026-11-03', 10.005]);
    expect(made).toMatchObject([{ number: '4E5', total: '12' }]);
    expect(unreadable).toMatchObject([{ row: 5, column: 'Total', code: 'no-amount' }]);
  });

  it.each([
    ['a zip archive of tables', 'invoices.csv', 'is a zip archive. Unpack it'],
    ['a binary workbook', 'xl/workbook.bin', 'is a binary Excel workbook'],
    ['a spreadsheet of OpenOffice', 'application/vnd.oasis.opendocument.spreadsheet', 'a spreadsheet of another program'],
  ])('that is %s gets a sentence of its own', async (_, name, words) => {
    const header = Buffer.alloc(30);
    header.write('PK\x03\x04', 'latin1');
    header.writeUInt16LE(name.length, 26);
    const bytes = Buffer.concat([header, Buffer.from(name)]);
    await expect(openTable(fileOf('a.xlsx', bytes))).rejects.toMatchObject({ message: expect.stringContaining(words) });
  });

  it('that unpacks to far more than it is gets refused before it is unpacked', async () => {
    const bytes = await stating(0x7fff_ffff);
    await expect(openTable(fileOf('bomb.xlsx', bytes))).rejects.toMatchObject({ code: 'too-large' });
  });

  it('that unpacks to more than its directory states gets refused at the first byte too many', async () => {
    await expect(openTable(fileOf('bomb.xlsx', await stating(100)))).rejects.toMatchObject({ code: 'too-large' });
  });

  it('is read as other programs write it: texts in the cells, sizes behind the files, empty rows left out', async () => {
    const parts: Uint8Array[] = [];
    const stream = new PassThrough().on('data', (part: Uint8Array) => parts.push(part));
    const book = new excelStream.xlsx.WorkbookWriter({ stream, useSharedStrings: false, useStyles: true });
    const sheet = book.addWorksheet('Invoices');
    sheet.addRow(names).commit();
    sheet.getRow(4).values = ['1', { richText: [{ text: 'Amy' }, { text: ' & Sons' }] }, new Date(Date.UTC(2026, 10, 3)), 12.5];
    sheet.getRow(4).commit();
    await book.commit();
    const table = await openTable(fileOf('a.xlsx', Buffer.concat(parts)), knownHeaders([rowPerInvoice.mapping]));
    const rows = [];
    for await (const batch of table.rows()) rows.push(...batch);
    expect(rows).toEqual([
      { row: 1, cells: names },
      { row: 2, cells: ['', '', '', ''] },
      { row: 3, cells: ['', '', '', ''] },
      { row: 4, cells: ['1', 'Amy & Sons', '2026-11-03', '12.5'] },
    ]);
  });

  it('of many rows is unpacked as its rows are asked for, and no further', async () => {
    const rows = Array.from({ length: 2_500 }, (_, n) => [n * 7.31, n ** 3, n * 1.17, (n * 7_919) % 104_729]);
    const bytes = await workbook((book) => book.addWorksheet('Big').addRows([names, ...rows]));
    let most = 0;
    const file = {
      name: 'big.xlsx',
      async *open() {
        for (let at = 0; at < bytes.length; at += 512) {
          most = Math.max(most, at);
          yield bytes.subarray(at, at + 512);
        }
      },
    };
    const [sheet] = await readXlsx(file);
    most = 0;
    for await (const batch of sheet!.rows()) if (batch.length > 0) break;
    const early = most;
    let count = 0;
    for await (const batch of sheet!.rows()) count += batch.length;
    expect(count).toBe(2_501);
    expect(early).toBeLessThan(most);
  });

  it.each([
    ['yyyy-mm-dd', true],
    ['[$-409]mmm d, yyyy;@', true],
    ['h:mm AM/PM', true],
    ['"Paid" #,##0.00', false],
    ['[Red]($#,##0.00)', false],
    ['_($* #,##0.00_);_($* (#,##0.00)', false],
    ['0.00\\ "days"', false],
    ['General', false],
  ])('with the format %s shows a day: %s', (code, is) => {
    expect(isDayFormat(164, code)).toBe(is);
  });
});

/** A workbook whose directory states another size of its packed files. */
async function stating(size: number): Promise<Uint8Array> {
  const bytes = await workbook((book) => book.addWorksheet('Big').addRows([names, ['1', 'Amy', '2026-11-03', 12]]));
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (let at = 0; at + 46 < bytes.length; at += 1)
    if (view.getUint32(at, true) === 0x02014b50 && view.getUint16(at + 10, true) === 8) view.setUint32(at + 24, size, true);
  return bytes;
}
