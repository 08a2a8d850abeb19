import type { ReactNode } from 'react';
import type { Report } from '../../api/queries.ts';
import { ACCOUNT_ROLES, DEFAULT_ACCOUNT } from '../../ui/account-words.ts';
import { useCompany } from '../../ui/company.ts';
import { SmallTable } from '../../ui/parts.tsx';
import { money, sum } from '../../ui/show.ts';
import { itemStateWords } from '../../ui/states.ts';
import { number, operationName } from '../../ui/words.ts';

/** The sums of a report: by kind, account, class, department, tax code, deposit account and state. */
export function Sums({ report }: { readonly report: Report }) {
  const { currency } = useCompany();
  if (report.documents === 0 && report.operations.length === 0)
    return <p className="empty">Nothing from this batch is in the books.</p>;
  const byFiles = report.books.by === 'hand';
  const loaded = report.batch.confirmedAt !== null;
  const sides = (amount: number) =>
    amount === 0 ? money(0, currency) : `${money(Math.abs(amount), currency)}\u00a0${amount > 0 ? 'Dr' : 'Cr'}`;
  return (
    <>
      <Beside
        caption="By kind"
        heads={['Document']}
        rows={report.operations}
        byFiles={byFiles}
        keys={({ operation }) => [operationName(operation)]}
      />
      <Beside
        caption="By account and class"
        heads={['Account', 'Role', 'Class']}
        rows={report.accounts}
        byFiles={byFiles}
        keys={({ account, role, class: name }) => [account ?? DEFAULT_ACCOUNT, ACCOUNT_ROLES[role], name ?? '']}
        show={sides}
      />
      <Beside
        caption="By class, without tax"
        heads={['Class']}
        rows={report.classes}
        byFiles={byFiles}
        keys={(row) => [row.class ?? NONE]}
      />
      <Beside
        caption="By department"
        heads={['Department', 'Kind']}
        rows={report.departments}
        byFiles={byFiles}
        keys={({ department, kind }) => [department ?? NONE, KINDS[kind]]}
      />
      <Beside
        caption="Sales tax"
        heads={['Tax code']}
        rows={report.taxes}
        byFiles={byFiles}
        keys={({ code }) => [code ?? NONE]}
      />
      <Beside
        caption="Deposits"
        heads={['Deposit account']}
        rows={report.deposits}
        byFiles={byFiles}
        keys={({ account }) => [account ?? DEFAULT_ACCOUNT]}
      />
      <SmallTable
        caption="By state"
        heads={['State', 'Count']}
        numbers={['Count']}
        rows={report.outcomes.map(({ state, documents }) => [
          itemStateWords(state, byFiles ? 'files' : 'push', loaded),
          number(documents),
        ])}
        named
      />
    </>
  );
}

type Row = Report['operations'][number];
type Sides = Pick<Row, 'ours' | 'books'>;

interface BesideProps<T extends Sides> {
  readonly caption: string;
  readonly heads: readonly string[];
  readonly rows: readonly T[];
  /** Only a person can check the books: then there is a column to fill in. */
  readonly byFiles: boolean;
  keys(row: T): readonly string[];
  /** How an amount is written, where it is not plain money. */
  show?(amount: number): string;
}

/** Rows of sums, posted beside those in the books, with their total. */
function Beside<T extends Sides>({ caption, heads, rows, byFiles, keys, show }: BesideProps<T>) {
  const { currency } = useCompany();
  if (rows.length === 0) return null;
  const written = show ?? ((amount: number) => money(amount, currency));
  const known = rows.every(({ books }) => books !== null);
  const total = (of: (row: T) => number) => written(sum(rows.map(of)));
  const posted = (row: T): ReactNode[] => [number(row.ours.documents), written(row.ours.amount)];
  const inTheBooks = ({ ours, books }: T): ReactNode[] => {
    if (books === null) return [UNKNOWN, UNKNOWN, UNKNOWN];
    const part = books.of.documents < ours.documents;
    return [
      number(books.documents),
      <span key="books">
        {written(books.amount)}
        {part && <span className="aside"> for {written(books.of.amount)} posted</span>}
      </span>,
      books.difference === 0 ? written(0) : <strong key="difference">{written(books.difference)}</strong>,
    ];
  };
  const numbers = NUMBERS[byFiles ? 'files' : 'push'];
  return (
    <div className="sums">
      <SmallTable
        caption={caption}
        heads={[...heads, ...numbers]}
        numbers={numbers}
        rows={[
          ...rows.map((row) => [...keys(row), ...posted(row), ...(byFiles ? [FILL] : inTheBooks(row))]),
          [
            'Total',
            ...heads.slice(1).map(() => ''),
            '',
            total((row) => row.ours.amount),
            ...(byFiles
              ? [FILL]
              : known
                ? ['', total(({ books }) => books!.amount), total(({ books }) => books!.difference)]
                : ['', UNKNOWN, UNKNOWN]),
          ],
        ]}
        named
      />
    </div>
  );
}

const NUMBERS = {
  files: ['Count', 'Batch total', 'In the books'],
  push: ['Count', 'Posted', 'Count in the books', 'In the books', 'Difference'],
} as const;
const NONE = 'None';
/** An amount that the books did not report. */
export const UNKNOWN = (
  <span key="unknown" className="aside">
    Not known
  </span>
);
const FILL = <span key="fill" className="fill" />;
const KINDS = { invoice: 'Invoices', payment: 'Payments', journal: 'Refund journals', creditMemo: 'Credit memos' } as const;
