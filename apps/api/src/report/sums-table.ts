import type ExcelJS from 'exceljs';
import type { ReportView } from './report-view.ts';
import { type Amounts, heading, UNKNOWN } from './sheet-parts.ts';

/** A row of sums: ours, and what the books hold. */
export type Sums = Pick<ReportView['operations'][number], 'ours' | 'books'>;

export interface SumsTable<Row extends Sums> {
  /** Heads of the columns that name a row. */
  readonly keys: readonly string[];
  readonly rows: readonly Row[];
  key(row: Row): string[];
  /** A person reads the books and fills in what they hold: the target can't be asked. */
  readonly manual: boolean;
  readonly amounts: Amounts;
}

/** Heads of the figures where the target was asked. */
export const FIGURES = [
  'Documents, ours',
  'Ours',
  'Documents checked',
  'Ours of these',
  'Documents there',
  'The books’',
  'Difference',
] as const;
/** Heads of the figures where a person fills in the books' side. */
const MANUAL = ['Documents, ours', 'Ours', 'In the books (fill in)', 'Difference'] as const;

/** Ours beside the books'. Where a person must check the books, an empty column whose cells are subtracted from ours. */
export function sumsTable<Row extends Sums>(sheet: ExcelJS.Worksheet, table: SumsTable<Row>): void {
  const { keys, rows, manual } = table;
  const header = heading(sheet, [...keys, ...(manual ? MANUAL : FIGURES)]);
  for (const [index, row] of rows.entries()) sumsRow(sheet, table, row, header + 1 + index);
  if (rows.length > 0) totalRow(sheet, table, header);
}

function sumsRow<Row extends Sums>(sheet: ExcelJS.Worksheet, table: SumsTable<Row>, one: Row, number: number): void {
  const { keys, manual } = table;
  const { decimal } = table.amounts;
  const { ours, books } = one;
  const cell = (figure: number) => `${columnName(keys.length + figure)}${number}`;
  const theirs = manual
    ? [null, { formula: `IF(ISBLANK(${cell(3)}),"",${cell(3)}-${cell(2)})`, result: '' }]
    : books === null
      ? [0, 0, UNKNOWN, UNKNOWN, UNKNOWN]
      : [books.of.documents, decimal(books.of.amount), books.documents, decimal(books.amount), decimal(books.difference)];
  const row = sheet.addRow([...table.key(one), ours.documents, decimal(ours.amount), ...theirs]);
  formatFigures(row, table);
  if (books !== null && books.difference !== 0) row.getCell(keys.length + 7).font = { bold: true, color: { argb: 'FF9B1C1C' } };
  row.commit();
}

function totalRow<Row extends Sums>(sheet: ExcelJS.Worksheet, table: SumsTable<Row>, header: number): void {
  const { keys, rows, manual } = table;
  const { decimal } = table.amounts;
  const total = (figure: number, of: (row: Row) => number) => {
    const column = columnName(keys.length + figure);
    const result = decimal(rows.reduce((sum, row) => sum + of(row), 0));
    return { formula: `SUM(${column}${header + 1}:${column}${header + rows.length})`, result };
  };
  const known = rows.every(({ books }) => books !== null);
  const theirs = manual
    ? []
    : [
        null,
        total(4, ({ books }) => books?.of.amount ?? 0),
        null,
        known ? total(6, ({ books }) => books?.amount ?? 0) : UNKNOWN,
        known ? total(7, ({ books }) => books?.difference ?? 0) : UNKNOWN,
      ];
  const names = ['Total', ...keys.slice(1).map(() => null)];
  const row = sheet.addRow([...names, null, total(2, ({ ours }) => ours.amount), ...theirs]);
  formatFigures(row, table);
  row.font = { bold: true };
  row.commit();
}

function formatFigures(row: ExcelJS.Row, { keys, manual, amounts }: Pick<SumsTable<Sums>, 'keys' | 'manual' | 'amounts'>): void {
  for (const figure of manual ? [2, 3, 4] : [2, 4, 6, 7]) row.getCell(keys.length + figure).numFmt = amounts.format;
  if (manual) row.getCell(keys.length + 3).border = { bottom: { style: 'thin' } };
}

function columnName(column: number): string {
  return String.fromCharCode(64 + column);
}
