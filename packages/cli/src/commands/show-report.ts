import type { ApiClient } from '../api-client.ts';
import type { Io } from '../io.ts';
import type { Batch } from './follow-batch.ts';
import { showReasons } from './show-reasons.ts';
import { count, counted, inMoney } from './words.ts';

interface Sum {
  readonly documents: number;
  readonly amount: number;
}
/** A total of ours, and the total that the books hold for the same documents, as far as they were checked. */
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
  /** Absent in answers of an API of before 0.3.0. */
  readonly agencies?: Rows<'agency'>;
  readonly deposits: Rows<'account'>;
  readonly differing: { readonly count: number };
}

/** Shows the report of the batch at this path, our totals beside the books'. Returns 1 if they are known to differ. */
export async function showReport(api: ApiClient, batchPath: string, io: Io): Promise<number> {
  const report = await api.get<Report>(`${batchPath}/report`);
  const { batch, books, company } = report;
  const money = (amount: number) => inMoney(amount, company.currency);
  const show = <Row extends Beside>(title: string, rows: readonly Row[], name: (row: Row) => string) => {
    if (rows.length > 0) io.out(`${title}:`);
    for (const row of rows) io.out(`  ${name(row)}: ${money(row.ours.amount)}${inTheBooks(row, books.by, money)}`);
  };
  io.out(`${batch.name}: ${counted(report.documents, 'document')} in ${batch.targetName}`);
  show('by kind', report.operations, ({ operation, ours }) => `${operation}, ${count(ours.documents)}`);
  show('by account and class (debits are positive)', report.accounts, ({ role, account, class: name }) =>
    [role, account, name].filter((part) => part !== null).join(', '),
  );
  show('by department', report.departments, ({ department, kind }) => `${department ?? 'none'}, ${kind}`);
  show('tax', report.taxes, ({ code }) => code ?? 'no code');
  show('tax by agency', report.agencies ?? [], ({ agency }) => agency ?? 'not divided');
  show('deposits', report.deposits, ({ account }) => account ?? 'default account of the books');
  const { progress } = await api.get<Batch>(batchPath);
  await showReasons(api, batchPath, progress.states, io);
  return showVerification(report, io);
}

function showVerification({ batch, books, differing }: Report, io: Io): number {
  const { verification } = books;
  if (verification === null) {
    io.err(`The totals in the books are not known. ${books.how}`);
    if (books.by === 'hand' && batch.confirmedAt !== null)
      io.out(`confirmed as loaded: ${batch.confirmedAt}, ${batch.confirmedBy}`);
    return 0;
  }
  const { run, state, startedAt, startedBy, reason } = verification;
  io.out(
    `verification ${run} (${state}), started ${startedAt} by ${startedBy}: ${counted(books.looked, 'document')} checked, ${count(differing.count)} differ`,
  );
  if (books.superseded > 0) io.out(`${count(books.superseded)} replaced by a newer batch, and checked with that batch`);
  if (reason !== null) io.err(reason.message);
  return differing.count > 0 ? 1 : 0;
}

function inTheBooks({ ours, books }: Beside, by: 'target' | 'hand', money: (amount: number) => string): string {
  if (by === 'hand') return '';
  if (books === null) return ' (in the books: unknown)';
  const part = books.of.documents === ours.documents ? '' : `, of ${money(books.of.amount)} checked`;
  return books.difference === 0
    ? ` (in the books: the same${part})`
    : ` (in the books: ${money(books.amount)}${part}; difference ${money(books.difference)})`;
}
