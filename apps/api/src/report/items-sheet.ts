import { once } from 'node:events';
import { type BatchState, OPERATION_NAMES, outcomeOf } from '@ledgerpost/core';
import type { ReportItem } from '@ledgerpost/store';
import type ExcelJS from 'exceljs';
import { type Amounts, heading, newSheet, UNKNOWN } from './sheet-parts.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';

const HEADS = [
  'No.',
  'Document',
  'Number',
  'Date',
  'Customer',
  'Customer ID',
  'Department',
  'State',
  'Ours',
  'Finding',
  'The books’',
  'Difference',
  'Notes',
] as const;
/** Excel’s own limit is 1,048,576. */
const MOST_ROWS = 1_048_000;
/** Of one cell, in Excel. */
const MOST_TEXT = 32_767;
/** Columns of amounts, from 1. */
const AMOUNTS: ReadonlySet<number> = new Set([9, 11, 12]);

/** The last sheet: every document, a row each. Written page by page, at the pace at which the file is compressed. */
export async function itemsSheet(
  workbook: SteadyWorkbook,
  pages: AsyncIterable<readonly ReportItem[]>,
  amounts: Amounts,
  batch: BatchState,
): Promise<void> {
  const sheet = newSheet(workbook, 'Items', [8, 20, 18, 12, 28, 12, 20, 12, 16, 16, 16, 16, 60]);
  heading(sheet, HEADS);
  const { entry } = workbook;
  // One object for all cells of a kind: exceljs spells each object that it has not met, and compares it with all styles of the file.
  const [plain, money] = [{}, { numFmt: amounts.format }];
  let left = MOST_ROWS;
  for await (const page of pages) {
    if (left < page.length) {
      sheet.addRow([null, 'There are more documents than a sheet holds; the API lists them all.']).commit();
      break;
    }
    left -= page.length;
    for (const item of page) {
      const row = itemRow(sheet, item, amounts, batch);
      row.eachCell((cell, column) => {
        cell.style = AMOUNTS.has(column) ? money : plain;
      });
      row.commit();
    }
    if (entry.writableNeedDrain) await once(entry, 'drain');
  }
  sheet.commit();
}

function itemRow(sheet: ExcelJS.Worksheet, item: ReportItem, { decimal }: Amounts, batch: BatchState): ExcelJS.Row {
  const { amount, booksTotal } = item;
  return sheet.addRow([
    item.seq,
    OPERATION_NAMES[item.operation],
    item.number,
    item.date,
    item.customer,
    item.customerExternalId,
    item.department,
    outcomeOf(item.state, batch),
    decimal(amount),
    item.finding ?? 'not checked',
    booksTotal === null ? UNKNOWN : decimal(booksTotal),
    booksTotal === null ? UNKNOWN : decimal(booksTotal - amount),
    item.messages.join('\n').slice(0, MOST_TEXT),
  ]);
}
