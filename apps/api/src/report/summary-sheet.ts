import { OPERATION_NAMES, outcomeOf } from '@ledgerpost/core';
import type { ReportView } from './report-view.ts';
import { type Amounts, heading, inUtc, newSheet } from './sheet-parts.ts';
import type { SteadyWorkbook } from './steady-workbook.ts';
import { sumsTable } from './sums-table.ts';

/** The first sheet: which batch, what the books' side is, and the sums by kind of document and by outcome. */
export function summarySheet(workbook: SteadyWorkbook, view: ReportView, amounts: Amounts): void {
  const sheet = newSheet(workbook, 'Summary', [30, 18, 18, 18, 18, 18, 18, 18]);
  heading(sheet, [view.batch.name]);
  for (const [name, value] of facts(view)) {
    const row = sheet.addRow([name, value]);
    row.getCell(1).font = { bold: true };
    row.getCell(2).alignment = { horizontal: 'left' };
    row.commit();
  }
  sheet.addRow([]).commit();
  sumsTable(sheet, {
    keys: ['Document'],
    rows: view.operations,
    key: ({ operation }) => [OPERATION_NAMES[operation]],
    manual: view.books.by === 'hand',
    amounts,
  });
  sheet.addRow([]).commit();
  heading(sheet, ['Outcome', 'Documents', 'Amount']);
  for (const { state, documents, amount } of view.outcomes) {
    const row = sheet.addRow([outcomeOf(state, view.batch.state), documents, amounts.decimal(amount)]);
    row.getCell(3).numFmt = amounts.format;
    row.commit();
  }
  sheet.commit();
}

type Fact = readonly [name: string, value: string | number];

function facts({ batch, books, company, documents, differing }: ReportView): readonly Fact[] {
  return [
    ['Company', company.name],
    ['Accounting system', batch.targetName],
    ['Started', `${inUtc(batch.startedAt)} by ${batch.startedBy}`],
    ['Ended', batch.endedAt === null ? '' : inUtc(batch.endedAt)],
    ['State', batch.state],
    ['Currency', company.currency],
    ['Documents in the books', documents],
    ...verificationFacts(books),
    ...(books.by === 'hand' ? [confirmed(batch)] : []),
    ['Documents checked', books.looked],
    ['Replaced by a newer batch', books.superseded],
    ['Documents that differ in the books', differing.count],
  ];
}

function verificationFacts({ verification: read, how }: ReportView['books']): readonly Fact[] {
  if (read === null) {
    return [
      ['The books’ side', 'unknown'],
      ['How to get it', how],
    ];
  }
  const { run, state, startedBy, startedAt, endedAt, reason } = read;
  return [
    ['The books’ side', `verification ${run} (${state}), ${inUtc(endedAt ?? startedAt)}, requested by ${startedBy}`],
    ...(reason === null ? [] : [['Why it is incomplete', reason.message] as const]),
  ];
}

function confirmed({ confirmedAt, confirmedBy }: ReportView['batch']): Fact {
  return ['Confirmed as loaded', confirmedAt === null ? 'not yet' : `${inUtc(confirmedAt)} by ${confirmedBy}`];
}
