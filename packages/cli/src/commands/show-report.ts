import { formatMoney, type Money } from '@ledgerpost/core';
import type { ApiClient } from '../api-client.ts';
import type { Io } from '../io.ts';
import { count, counted } from './follow-batch.ts';

interface Sum {
  readonly documents: number;
  readonly amount: number;
}
interface Beside {
  readonly ours: Sum;
  readonly books: (Sum & { readonly of: Sum; readonly difference: number }) | null;
}
type Rows<Key extends string> = readonly (Beside & Readonly<Record<Key, string | null>>)[];
interface Report {
  readonly batch: {
    readonly name: string;
    readonly targetName: string;
    readonly confirmedAt: string | null;
    readonly confirmedBy: string | null;
  };
  readonly company: { readonly currency: string };
  readonly books: {
    readonly by: 'target' | 'hand';
    readonly how: string;
    readonly verification: {
      readonly run: number;
      readonly state: string;
      readonly startedAt: string;
      readonly startedBy: string;
      readonly reason: { readonly message: string } | null;
    } | null;
    readonly looked: number;
    readonly superseded: number;
  };
  readonly documents: number;
  readonly operations: Rows<'operation'>;
  readonly accounts: Rows<'role' | 'account' | 'class'>;
  readonly departments: Rows<'department' | 'kind'>;
  readonly taxes: Rows<'code'>;
  readonly deposits: Rows<'account'>;
  readonly differing: { readonly count: number };
}

/** Shows a report in lines, ours beside the books'. Answers 1 if the books are known to hold something else. */
export async function showReport(api: ApiClient, path: string, io: Io): Promise<number> {
  const report = await api.get<Report>(path);
  const { batch, books, company } = report;
  const money = (amount: number) => `${formatMoney(amount as Money, company.currency)} ${company.currency}`;
  const show = <Row extends Beside>(title: string, rows: readonly Row[], name: (row: Row) => string) => {
    if (rows.length > 0) io.out(`${title}:`);
    for (const row of rows) io.out(`  ${name(row)}: ${money(row.ours.amount)}${theirs(row, books.by, money)}`);
  };
  io.out(`${batch.name}: ${counted(report.documents, 'document')} in ${batch.targetName}`);
  show('by kind', report.operations, ({ operation, ours }) => `${operation}, ${count(ours.documents)}`);
  show('by account and class (debits above zero)', report.accounts, ({ role, account, class: name }) =>
    [role, account, name].filter((part) => part !== null).join(', '),
  );
  show('by department', report.departments, ({ department, kind }) => `${department ?? 'none'}, ${kind}`);
  show('tax', report.taxes, ({ code }) => code ?? 'no code');
  show('deposits', report.deposits, ({ account }) => account ?? 'the books’ own account');
  const { verification } = books;
  if (verification === null) {
    io.err(`What the books say is not known. ${books.how}`);
    if (books.by === 'hand' && batch.confirmedAt !== null)
      io.out(`confirmed as loaded: ${batch.confirmedAt}, ${batch.confirmedBy}`);
    return 0;
  }
  io.out(
    `the books’ side: verification ${verification.run} (${verification.state}) of ${verification.startedAt}, ${verification.startedBy}; ${counted(books.looked, 'document')} looked at, ${count(report.differing.count)} differ`,
  );
  if (books.superseded > 0) io.out(`${count(books.superseded)} were replaced by a newer batch, and are looked at with that one`);
  if (verification.reason !== null) io.err(verification.reason.message);
  return report.differing.count > 0 ? 1 : 0;
}

function theirs({ ours, books }: Beside, by: 'target' | 'hand', money: (amount: number) => string): string {
  if (by === 'hand') return '';
  if (books === null) return ' (the books: unknown)';
  const part = books.of.documents === ours.documents ? '' : `, of ${money(books.of.amount)} that was looked at`;
  return books.difference === 0
    ? ` (the books: the same${part})`
    : ` (the books: ${money(books.amount)}${part}; difference ${money(books.difference)})`;
}
