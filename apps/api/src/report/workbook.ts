import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import type { ReportItem } from '@ledgerpost/store';
import { itemsSheet } from './items-sheet.ts';
import type { ReportView } from './report-view.ts';
import { amountsIn, newSheet, OWN } from './sheet-parts.ts';
import { openWorkbook } from './steady-workbook.ts';
import { summarySheet } from './summary-sheet.ts';
import { FIGURES, type Sums, sumsTable } from './sums-table.ts';

const KINDS = { invoice: 'Invoices', payment: 'Payments', journal: 'Refund journals', creditMemo: 'Credit memos' } as const;
const ROLES = {
  income: 'Income',
  tax: 'Tax',
  receivable: 'Accounts receivable',
  deposit: 'Deposit',
  refund: 'Refund',
  fee: 'Card fees',
} as const;
const NONE = '(none)';

/** A batch's report as a workbook: the sums, each sheet with what it is by, and every document. */
export async function reportWorkbook(view: ReportView, pages: AsyncIterable<readonly ReportItem[]>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const out = new PassThrough();
  out.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = once(out, 'end');
  const workbook = openWorkbook(out);
  const amounts = amountsIn(view.company.currency);

  function sums<Row extends Sums>(
    name: string,
    keys: readonly string[],
    rows: readonly Row[],
    key: (row: Row) => string[],
  ): void {
    const sheet = newSheet(workbook, name, [...keys.map(() => 30), ...FIGURES.map(() => 18)]);
    sumsTable(sheet, { keys, rows, key, manual: view.books.by === 'hand', amounts });
    sheet.commit();
  }

  summarySheet(workbook, view, amounts);
  sums('By account and class', ['Role', 'Account', 'Class'], view.accounts, ({ role, account, class: name }) => [
    ROLES[role],
    account ?? OWN,
    name ?? '',
  ]);
  sums('By class', ['Class'], view.classes, (row) => [row.class ?? NONE]);
  sums('By department', ['Department', 'Kind'], view.departments, ({ department, kind }) => [department ?? NONE, KINDS[kind]]);
  sums('Tax', ['Tax code'], view.taxes, ({ code }) => [code ?? NONE]);
  if (view.agencies.length > 0) sums('Tax by agency', ['Agency'], view.agencies, ({ agency }) => [agency ?? '(not divided)']);
  sums('Deposits', ['Deposit account'], view.deposits, ({ account }) => [account ?? OWN]);
  await itemsSheet(workbook, pages, amounts, view.batch.state);
  await Promise.all([workbook.commit(), ended]);
  return Buffer.concat(chunks);
}
