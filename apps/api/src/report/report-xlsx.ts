import { once } from 'node:events';
import { PassThrough, type Writable } from 'node:stream';
import { currencyDigits, type Money, OPERATION_NAMES, toDecimal } from '@ledgerpost/core';
import type { ReportItem } from '@ledgerpost/store';
import ExcelJS from 'exceljs';
import type { ReportView } from './report-view.ts';

/** The workbook carries no clock: the same report gives the same bytes. */
const EPOCH = new Date('2000-01-01T00:00:00Z');

/** A batch's report as a workbook: the sums, each sheet with what it is by, and every document. */
export async function reportWorkbook(view: ReportView, pages: AsyncIterable<readonly ReportItem[]>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = new PassThrough();
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(out, 'end');
  const workbook = new SteadyWorkbook(out);
  const money = moneyFormat(view.company.currency);
  const decimal = (amount: number) => toDecimal(amount as Money, view.company.currency);

  summary();
  sums('By account and class', ['Role', 'Account', 'Class'], view.accounts, ({ role, account, class: name }) => [
    ROLES[role],
    account ?? OWN,
    name ?? '',
  ]);
  sums('By class', ['Class'], view.classes, (row) => [row.class ?? '(none)']);
  sums('By department', ['Department', 'Kind'], view.departments, ({ department, kind }) => [
    department ?? '(none)',
    KINDS[kind],
  ]);
  sums('Tax', ['Tax code'], view.taxes, ({ code }) => [code ?? '(none)']);
  sums('Deposits', ['Deposit account'], view.deposits, ({ account }) => [account ?? OWN]);
  await documents();
  await Promise.all([workbook.commit(), ended]);
  return Buffer.concat(chunks);

  function summary(): void {
    const sheet = workbook.addWorksheet('Summary', { views: [{ state: 'frozen', ySplit: 1 }], pageSetup: ON_PAPER });
    widths(sheet, [30, 18, 18, 18, 18, 18, 18, 18]);
    heading(sheet, [view.batch.name]);
    const { batch, books } = view;
    const read = books.verification;
    for (const [name, value] of [
      ['Company', view.company.name],
      ['Accounting system', batch.targetName],
      ['Started', `${instant(batch.startedAt)} by ${batch.startedBy}`],
      ['Ended', batch.endedAt === null ? '' : instant(batch.endedAt)],
      ['State', batch.state],
      ['Currency', view.company.currency],
      ['Documents in the books', view.documents],
      [
        'The books’ side',
        read === null
          ? 'unknown'
          : `verification ${read.run} (${read.state}), ${instant(read.endedAt ?? read.startedAt)}, asked for by ${read.startedBy}`,
      ],
      ...(read === null ? [['How to get it', books.how] as const] : []),
      ...(read?.reason ? [['Why it is not whole', read.reason.message] as const] : []),
      ...(books.by === 'hand'
        ? [
            [
              'Confirmed as loaded',
              batch.confirmedAt === null ? 'not yet' : `${instant(batch.confirmedAt)} by ${batch.confirmedBy}`,
            ] as const,
          ]
        : []),
      ['Documents looked at', books.looked],
      ['Replaced by a newer batch', books.superseded],
      ['Documents that differ there', view.differing.count],
    ] as const) {
      const row = sheet.addRow([name, value]);
      row.getCell(1).font = { bold: true };
      row.getCell(2).alignment = { horizontal: 'left' };
      row.commit();
    }
    sheet.addRow([]).commit();
    table(sheet, ['Document'], view.operations, ({ operation }) => [OPERATION_NAMES[operation]]);
    sheet.addRow([]).commit();
    heading(sheet, ['Outcome', 'Documents', 'Amount']);
    for (const { state, documents: count, amount } of view.outcomes) {
      const row = sheet.addRow([state, count, decimal(amount)]);
      row.getCell(3).numFmt = money;
      row.commit();
    }
    sheet.commit();
  }

  function sums<Row extends Sums>(
    name: string,
    keys: readonly string[],
    rows: readonly Row[],
    key: (row: Row) => string[],
  ): void {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }], pageSetup: ON_PAPER });
    widths(sheet, [...keys.map(() => 30), ...FIGURES.map(() => 18)]);
    table(sheet, keys, rows, key);
    sheet.commit();
  }

  /** Ours beside the books'; where only a person can look, a column to fill in, which is then held against ours. */
  function table<Row extends Sums>(
    sheet: ExcelJS.Worksheet,
    keys: readonly string[],
    rows: readonly Row[],
    key: (row: Row) => string[],
  ): void {
    const byHand = view.books.by === 'hand';
    const header = heading(sheet, [...keys, ...(byHand ? BY_HAND : FIGURES)]);
    const at = (column: number) => columnName(keys.length + column);
    for (const [index, one] of rows.entries()) {
      const { ours, books } = one;
      const own = [ours.documents, decimal(ours.amount)];
      const number = header + 1 + index;
      const theirs = byHand
        ? [null, { formula: `IF(ISBLANK(${at(3)}${number}),"",${at(3)}${number}-${at(2)}${number})`, result: '' }]
        : books === null
          ? [0, 0, UNKNOWN, UNKNOWN, UNKNOWN]
          : [books.of.documents, decimal(books.of.amount), books.documents, decimal(books.amount), decimal(books.difference)];
      const row = sheet.addRow([...key(one), ...own, ...theirs]);
      figures(row, keys.length, byHand);
      if (books !== null && books.difference !== 0)
        row.getCell(keys.length + 7).font = { bold: true, color: { argb: 'FF9B1C1C' } };
      row.commit();
    }
    if (rows.length === 0) return;
    const all = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0);
    const sumOf = (column: number, result: number) => ({
      formula: `SUM(${at(column)}${header + 1}:${at(column)}${header + rows.length})`,
      result: decimal(result),
    });
    const known = rows.every(({ books }) => books !== null);
    const total = sheet.addRow([
      'Total',
      ...keys.slice(1).map(() => null),
      null,
      sumOf(
        2,
        all(({ ours }) => ours.amount),
      ),
      ...(byHand
        ? []
        : [
            null,
            sumOf(
              4,
              all(({ books }) => books?.of.amount ?? 0),
            ),
            null,
            known
              ? sumOf(
                  6,
                  all(({ books }) => books?.amount ?? 0),
                )
              : UNKNOWN,
            known
              ? sumOf(
                  7,
                  all(({ books }) => books?.difference ?? 0),
                )
              : UNKNOWN,
          ]),
    ]);
    figures(total, keys.length, byHand);
    total.font = { bold: true };
    total.commit();
  }

  function figures(row: ExcelJS.Row, before: number, byHand: boolean): void {
    for (const column of byHand ? [2, 3, 4] : [2, 4, 6, 7]) row.getCell(before + column).numFmt = money;
    if (byHand) row.getCell(before + 3).border = { bottom: { style: 'thin' } };
  }

  async function documents(): Promise<void> {
    const sheet = workbook.addWorksheet('Items', { views: [{ state: 'frozen', ySplit: 1 }], pageSetup: ON_PAPER });
    widths(sheet, [8, 20, 18, 12, 28, 20, 12, 16, 16, 16, 16, 60]);
    heading(sheet, ITEM_HEADS);
    const { entry } = workbook;
    let left = MOST_ROWS;
    for await (const page of pages) {
      if (left < page.length) {
        sheet.addRow([null, 'There are more documents than a sheet holds; the API lists them all.']).commit();
        break;
      }
      left -= page.length;
      for (const item of page) {
        const { amount, booksTotal } = item;
        const row = sheet.addRow([
          item.seq,
          OPERATION_NAMES[item.operation],
          item.number,
          item.date,
          item.customer,
          item.department,
          item.state,
          decimal(amount),
          item.finding ?? 'not looked at',
          booksTotal === null ? UNKNOWN : decimal(booksTotal),
          booksTotal === null ? UNKNOWN : decimal(booksTotal - amount),
          item.messages.join('\n').slice(0, MOST_TEXT),
        ]);
        for (const column of [8, 10, 11]) row.getCell(column).numFmt = money;
        row.commit();
      }
      if (entry.writableNeedDrain) await once(entry, 'drain');
    }
    sheet.commit();
  }
}

type Sums = Pick<ReportView['operations'][number], 'ours' | 'books'>;

const UNKNOWN = 'unknown';
const OWN = '(the books’ own)';
const FIGURES = [
  'Documents, ours',
  'Ours',
  'Documents looked at',
  'Ours of these',
  'Documents there',
  'The books’',
  'Difference',
] as const;
const BY_HAND = ['Documents, ours', 'Ours', 'In the books (fill in)', 'Difference'] as const;
const ITEM_HEADS = [
  'No.',
  'Document',
  'Number',
  'Date',
  'Customer',
  'Department',
  'State',
  'Ours',
  'Finding',
  'The books’',
  'Difference',
  'What is said of it',
] as const;
/** Excel’s own bound is 1,048,576. */
const MOST_ROWS = 1_048_000;
/** Of one cell, in Excel. */
const MOST_TEXT = 32_767;
const ON_PAPER: Partial<ExcelJS.PageSetup> = {
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  paperSize: 9,
};

const KINDS = { invoice: 'Invoices', payment: 'Payments', journal: 'Refund journals', creditMemo: 'Credit memos' } as const;
const ROLES = { income: 'Income', tax: 'Tax', receivable: 'Accounts receivable', deposit: 'Deposit', refund: 'Refund' } as const;

/** A row of heads; answers its number. */
function heading(sheet: ExcelJS.Worksheet, heads: readonly string[]): number {
  const row = sheet.addRow([...heads]);
  row.font = { bold: true };
  row.alignment = { wrapText: true, vertical: 'top' };
  row.border = { bottom: { style: 'thin' } };
  row.commit();
  return row.number;
}

function widths(sheet: ExcelJS.Worksheet, all: readonly number[]): void {
  sheet.columns = all.map((width) => ({ width }));
}

function columnName(column: number): string {
  return String.fromCharCode(64 + column);
}

function moneyFormat(currency: string): string {
  const digits = currencyDigits(currency);
  const number = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  return `${number};[Red]-${number}`;
}

/** In words that no time zone changes. */
function instant(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** exceljs' streaming workbook, with entries that carry a fixed date and a sheet that can be waited for. */
class SteadyWorkbook extends ExcelJS.stream.xlsx.WorkbookWriter {
  declare readonly zip: { append(source: unknown, data: { name: string; date?: Date }): unknown };
  declare entry: Writable;

  constructor(stream: Writable) {
    const fixed = { created: EPOCH, modified: EPOCH, creator: 'Ledgerpost', lastModifiedBy: 'Ledgerpost' };
    super({ stream, useStyles: true, ...fixed } as object);
  }

  // The first thing that the base class' constructor does once it has its zip.
  override addThemes(): Promise<void> {
    const append = this.zip.append.bind(this.zip);
    this.zip.append = (source, data) => append(source, { ...data, date: EPOCH });
    return super.addThemes();
  }

  _openStream(name: string): Writable {
    this.entry = new Entry({ highWaterMark: 256 * 1024 });
    this.zip.append(this.entry, { name });
    return this.entry;
  }
}

/** A sheet inside the file. exceljs' own takes everything at once and tells nobody when it has had enough. */
class Entry extends PassThrough {
  constructor(options: { readonly highWaterMark: number }) {
    super(options);
    // exceljs' word for: all of it was taken.
    this.once('finish', () => this.emit('zipped'));
  }

  override write(chunk: unknown, ...more: never[]): boolean {
    const text = typeof chunk === 'string' ? chunk : (chunk as { toBuffer(): Buffer }).toBuffer();
    return super.write(text, ...more);
  }
}
