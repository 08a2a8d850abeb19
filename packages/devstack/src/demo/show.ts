import { showMoney, toMoney } from '@ledgerpost/core';
import type { BatchAnswer, FileAnswer, TargetAnswer } from './answers.ts';

/** A progress line: it replaces itself on a terminal; elsewhere only the last one is printed. */
export function progressLine(): { show(text: string): void; done(text: string): void } {
  const live = process.stdout.isTTY;
  let last = '';
  return {
    show(text) {
      if (text === last) return;
      last = text;
      if (live) process.stdout.write(`\r\x1b[K  ${text}`);
    },
    done(text) {
      console.log(live ? `\r\x1b[K  ${text}` : `  ${text}`);
    },
  };
}

export function table(rows: readonly (readonly string[])[], numbers: readonly number[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      `  ${row.map((cell, column) => (numbers.includes(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ')}`.trimEnd(),
    )
    .join('\n');
}

/** The documents, lines and amount of each file, as far as its stage names its documents. */
export function fileTable(target: TargetAnswer, batch: BatchAnswer, files: readonly FileAnswer[], currency: string): string {
  const rows = files
    .filter((file) => !file.download)
    .map((file) => [file.name, count(file.documents), count(file.rows), amountOf(file, target, batch, currency)]);
  return table([['file', 'documents', 'lines', 'amount'], ...rows], [1, 2, 3]);
}

/** Totals by operation, for a target without files. */
export function operationTable(batch: BatchAnswer, currency: string): string {
  const rows = Object.entries(batch.totals?.operations ?? {}).map(([operation, { documents, amount }]) => [
    operation,
    count(documents),
    money(amount, currency),
  ]);
  return table([['operation', 'documents', 'amount'], ...rows], [1, 2]);
}

/** `$1,204.50`. */
export function money(minorUnits: number, currency: string): string {
  return showMoney(toMoney(minorUnits), currency);
}

export function count(n: number): string {
  return String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

function amountOf(file: FileAnswer, target: TargetAnswer, batch: BatchAnswer, currency: string): string {
  // A file that was split for its size is one part of its stage's amount.
  const stage = target.stages.find(({ name }) => file.name.toLowerCase().includes(name.toLowerCase()));
  if (!stage || /\(\d+\)/.test(file.name)) return '';
  const amounts = stage.operations.map((operation) => batch.totals?.operations[operation]?.amount ?? 0);
  return money(
    amounts.reduce((a, b) => a + b, 0),
    currency,
  );
}
