import { currencyDigits, type Money, toDecimal } from '@ledgerpost/core';
import type ExcelJS from 'exceljs';
import type { SteadyWorkbook } from './steady-workbook.ts';

export const UNKNOWN = 'unknown';
/** An account that the settings leave to the books. */
export const OWN = '(the books’ own)';

const ON_PAPER: Partial<ExcelJS.PageSetup> = {
  orientation: 'landscape',
  fitToPage: true,
  fitToWidth: 1,
  fitToHeight: 0,
  paperSize: 9,
};

/** A new sheet whose first row stays in view, with these widths of columns. */
export function newSheet(workbook: SteadyWorkbook, name: string, widths: readonly number[]): ExcelJS.Worksheet {
  const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }], pageSetup: ON_PAPER });
  sheet.columns = widths.map((width) => ({ width }));
  return sheet;
}

/** A row of heads; returns its number. */
export function heading(sheet: ExcelJS.Worksheet, heads: readonly string[]): number {
  const row = sheet.addRow([...heads]);
  row.font = { bold: true };
  row.alignment = { wrapText: true, vertical: 'top' };
  row.border = { bottom: { style: 'thin' } };
  row.commit();
  return row.number;
}

/** How a sheet holds and shows the amounts of one currency. */
export interface Amounts {
  /** Excel's number format. */
  readonly format: string;
  /** Whole minor units as the decimal number that the cell holds. */
  decimal(minorUnits: number): number;
}

/** Amounts with the currency's symbol and all its digits: $1,204.50, and in red -$20.00. */
export function amountsIn(currency: string): Amounts {
  const digits = currencyDigits(currency);
  const number = digits === 0 ? '#,##0' : `#,##0.${'0'.repeat(digits)}`;
  const money = `"${symbolOf(currency)}"${number}`;
  return { format: `${money};[Red]-${money}`, decimal: (minorUnits) => toDecimal(minorUnits as Money, currency) };
}

/** As people in the United States write it: $, CA$, €; a code where there is no symbol. */
function symbolOf(currency: string): string {
  const parts = new Intl.NumberFormat('en-US', { style: 'currency', currency }).formatToParts(0);
  return parts.find(({ type }) => type === 'currency')?.value ?? currency;
}

/** An instant that reads the same in every time zone. */
export function inUtc(at: Date): string {
  return `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
